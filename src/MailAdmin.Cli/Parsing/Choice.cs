using System.CommandLine;
using System.CommandLine.Parsing;

namespace MailAdmin.Cli.Parsing;

/// <summary>An option whose values have names of their own on the command line; case does not matter.</summary>
internal sealed class Choice<T> : Option<T>
    where T : struct
{
    private readonly IReadOnlyList<(string Name, T Value)> _values;

    public Choice(string name, string[] aliases, params IReadOnlyList<(string Name, T Value)> values)
        : base(name, aliases)
    {
        _values = values;
        HelpName = string.Join("|", values.Select(v => v.Name));
        CustomParser = Parse;
        CompletionSources.Add(_ => _values.Select(v => new System.CommandLine.Completions.CompletionItem(v.Name)));
    }

    private T Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
        foreach (var (name, value) in _values)
        {
            if (string.Equals(name, text, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"'{text}' is no value of {Name}: it takes {string.Join(", ", _values.Select(v => v.Name))}");
        return default;
    }
}
