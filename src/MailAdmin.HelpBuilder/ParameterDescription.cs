using System.Management.Automation;
using System.Reflection;

namespace MailAdmin.HelpBuilder;

/// <summary>One parameter as its attributes and its documentation describe it.</summary>
internal sealed class ParameterDescription
{
    private readonly IReadOnlyList<CustomAttributeData> _declarations;

    private ParameterDescription(PropertyInfo property, XmlDocumentation documentation)
    {
        _declarations = property.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(ParameterAttribute))
            .ToList();
        Name = property.Name;
        Type = property.PropertyType;
        Description = documentation.Summary(property);
        Aliases = property.GetCustomAttributesData()
            .Where(a => a.AttributeType == typeof(AliasAttribute))
            .SelectMany(a => (IEnumerable<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!)
            .Select(a => (string)a.Value!)
            .ToList();
    }

    public string Name { get; }

    public Type Type { get; }

    public IReadOnlyList<string> Description { get; }

    public IReadOnlyList<string> Aliases { get; }

    public bool IsSwitch => Type == typeof(SwitchParameter);

    /// <summary>The type that a user thinks of: what a nullable holds.</summary>
    public string TypeName => IsSwitch ? "SwitchParameter" : (Nullable.GetUnderlyingType(Type) ?? Type).Name;

    /// <summary>The names of an enumeration; empty for other types.</summary>
    public IReadOnlyList<string> KnownValues =>
        (Nullable.GetUnderlyingType(Type) ?? Type) is { IsEnum: true } type ? Enum.GetNames(type) : [];

    /// <summary>The parameters of a cmdlet, with those of parameter objects that it holds in a field.</summary>
    public static List<ParameterDescription> FindAll(Type cmdlet, XmlDocumentation documentation)
    {
        var holders = Hierarchy(cmdlet)
            .SelectMany(t => t.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Select(field => field.FieldType)
            .Where(type => type.Assembly == cmdlet.Assembly && !type.IsAssignableTo(typeof(Cmdlet)));
        return new[] { cmdlet }.Concat(holders)
            .SelectMany(type => type.GetProperties(BindingFlags.Instance | BindingFlags.Public))
            .Select(property => new ParameterDescription(property, documentation))
            .Where(parameter => parameter._declarations.Count != 0)
            .ToList();
    }

    /// <summary>The sets that the parameter names; empty when it belongs to all.</summary>
    public IEnumerable<string> Sets() =>
        _declarations.Select(d => Value(d, nameof(ParameterAttribute.ParameterSetName)) as string).OfType<string>();

    public bool IsIn(string? set) => set is null || !Sets().Any() || Sets().Contains(set);

    public bool IsMandatory(string? set) => In(set).Any(d => Value(d, nameof(ParameterAttribute.Mandatory)) is true);

    public int? Position(string? set) =>
        In(set).Select(d => Value(d, nameof(ParameterAttribute.Position)) as int?).FirstOrDefault(p => p is not null);

    public bool TakesPipelineValue => Any(nameof(ParameterAttribute.ValueFromPipeline));

    public bool TakesPipelineProperty => Any(nameof(ParameterAttribute.ValueFromPipelineByPropertyName));

    private static IEnumerable<Type> Hierarchy(Type type)
    {
        for (var t = type; t is not null && t.Assembly == type.Assembly; t = t.BaseType)
        {
            yield return t;
        }
    }

    private static object? Value(CustomAttributeData declaration, string name) =>
        declaration.NamedArguments.FirstOrDefault(a => a.MemberName == name).TypedValue.Value;

    private bool Any(string name) => _declarations.Any(d => Value(d, name) is true);

    private IEnumerable<CustomAttributeData> In(string? set) => _declarations.Where(d =>
        set is null || Value(d, nameof(ParameterAttribute.ParameterSetName)) is null ||
        (Value(d, nameof(ParameterAttribute.ParameterSetName)) as string) == set);
}
