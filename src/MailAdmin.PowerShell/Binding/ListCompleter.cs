using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes a parameter from a list of known values; others may be typed all the same.</summary>
public abstract class ListCompleter : IArgumentCompleter
{
    private readonly IReadOnlyList<string> _values;

    /// <summary>Creates the completer.</summary>
    /// <param name="values">The known values, in the order in which they are offered.</param>
    protected ListCompleter(IReadOnlyList<string> values) => _values = values;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName,
        string parameterName,
        string wordToComplete,
        CommandAst commandAst,
        IDictionary fakeBoundParameters) =>
        _values
            .Where(v => v.StartsWith(wordToComplete.Trim('\'', '"'), StringComparison.OrdinalIgnoreCase))
            .Select(v => new CompletionResult(Quoted(v), v, CompletionResultType.ParameterValue, v));

    private static string Quoted(string value) => value.Contains(' ', StringComparison.Ordinal) ? $"'{value}'" : value;
}
