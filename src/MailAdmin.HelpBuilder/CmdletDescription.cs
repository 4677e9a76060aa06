using System.Management.Automation;
using System.Reflection;

namespace MailAdmin.HelpBuilder;

/// <summary>One cmdlet as its attributes and its documentation describe it.</summary>
internal sealed class CmdletDescription
{
    private readonly string? _defaultSet;

    private CmdletDescription(Type type, CustomAttributeData declaration, XmlDocumentation documentation)
    {
        Verb = (string)declaration.ConstructorArguments[0].Value!;
        Noun = (string)declaration.ConstructorArguments[1].Value!;
        _defaultSet = declaration.NamedArguments
            .FirstOrDefault(a => a.MemberName == nameof(CmdletAttribute.DefaultParameterSetName))
            .TypedValue.Value as string;
        SupportsShouldProcess = declaration.NamedArguments
            .Any(a => a.MemberName == nameof(CmdletAttribute.SupportsShouldProcess) && a.TypedValue.Value is true);
        Synopsis = documentation.Summary(type);
        Description = documentation.Remarks(type);
        Examples = documentation.Examples(type);
        Parameters = ParameterDescription.FindAll(type, documentation);
        Outputs = type.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(OutputTypeAttribute))
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (Type)a.Value!)
            .Select(output => (output.Name, documentation.Summary(output)))
            .ToList();
    }

    public string Name => $"{Verb}-{Noun}";

    public string Verb { get; }

    public string Noun { get; }

    public bool SupportsShouldProcess { get; }

    public IReadOnlyList<string> Synopsis { get; }

    public IReadOnlyList<string> Description { get; }

    public IReadOnlyList<CmdletExample> Examples { get; }

    public IReadOnlyList<ParameterDescription> Parameters { get; }

    public IReadOnlyList<(string Name, IReadOnlyList<string> Description)> Outputs { get; }

    public static List<CmdletDescription> FindAll(Assembly assembly, XmlDocumentation documentation) =>
        assembly.GetTypes()
            .Select(type => (type, declaration: type.GetCustomAttributesData()
                .FirstOrDefault(a => a.AttributeType == typeof(CmdletAttribute))))
            .Where(pair => pair.declaration is not null)
            .Select(pair => new CmdletDescription(pair.type, pair.declaration!, documentation))
            .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal)
            .ToList();

    /// <summary>
    /// The names of the parameter sets, the default first; a single null when there is but one, without a name.
    /// </summary>
    public IReadOnlyList<string?> Sets() => Parameters
        .SelectMany(p => p.Sets())
        .Distinct()
        .OrderByDescending(set => set == _defaultSet)
        .DefaultIfEmpty<string?>(null)
        .ToList();

    /// <summary>What the documentation lacks, one line each: help without it is not shipped.</summary>
    public IEnumerable<string> Gaps()
    {
        if (Synopsis.Count == 0 || Description.Count == 0)
        {
            yield return $"{Name}: the class lacks a summary or remarks.";
        }

        if (Examples.Count < 2 || Examples.Any(e => e.Title.Length == 0 || e.Code.Length == 0))
        {
            yield return $"{Name}: two examples are needed, each with a title and code.";
        }

        foreach (var parameter in Parameters.Where(p => p.Description.Count == 0))
        {
            yield return $"{Name}: -{parameter.Name} lacks a summary.";
        }
    }
}
