using System.Globalization;
using System.Xml.Linq;

namespace MailAdmin.HelpBuilder;

/// <summary>Writes help in the form that Get-Help reads (MAML, PSMAML schema).</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Help = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static XDocument Write(IEnumerable<CmdletDescription> cmdlets) =>
        new(new XElement(
            Help + "helpItems",
            new XAttribute("schema", "maml"),
            new XAttribute(XNamespace.Xmlns + "maml", Maml),
            new XAttribute(XNamespace.Xmlns + "command", Command),
            new XAttribute(XNamespace.Xmlns + "dev", Dev),
            cmdlets.Select(Cmdlet)));

    private static XElement Cmdlet(CmdletDescription cmdlet) =>
        new(
            Command + "command",
            new XElement(
                Command + "details",
                new XElement(Command + "name", cmdlet.Name),
                new XElement(Command + "verb", cmdlet.Verb),
                new XElement(Command + "noun", cmdlet.Noun),
                Text(Maml + "description", cmdlet.Synopsis)),
            Text(Maml + "description", cmdlet.Description),
            new XElement(Command + "syntax", cmdlet.Sets().Select(set => SyntaxItem(cmdlet, set))),
            new XElement(
                Command + "parameters",
                cmdlet.Parameters
                    .OrderBy(p => p.Name, StringComparer.Ordinal)
                    .Select(p => Parameter(p, null, isSyntax: false))),
            new XElement(Command + "inputTypes", cmdlet.Parameters.Where(p => p.TakesPipelineValue).Select(InputType)),
            new XElement(Command + "returnValues", cmdlet.Outputs.Select(o => ReturnValue(o.Name, o.Description))),
            new XElement(Command + "examples", cmdlet.Examples.Select(Example)));

    private static XElement SyntaxItem(CmdletDescription cmdlet, string? set) =>
        new(
            Command + "syntaxItem",
            new XElement(Maml + "name", cmdlet.Name),
            cmdlet.Parameters
                .Where(p => p.IsIn(set))
                .OrderBy(p => p.Position(set) ?? int.MaxValue)
                .ThenByDescending(p => p.IsMandatory(set))
                .Select(p => Parameter(p, set, isSyntax: true)),
            cmdlet.SupportsShouldProcess ? new[] { CommonSwitch("WhatIf"), CommonSwitch("Confirm") } : null);

    private static XElement Parameter(ParameterDescription parameter, string? set, bool isSyntax) =>
        new(
            Command + "parameter",
            new XAttribute("required", parameter.IsMandatory(set)),
            new XAttribute("globbing", false),
            new XAttribute("pipelineInput", Pipeline(parameter)),
            new XAttribute("position", parameter.Position(set)?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            isSyntax ? null : Text(Maml + "description", parameter.Description),
            parameter.IsSwitch ? null : ParameterValue(parameter),
            parameter.KnownValues.Count == 0 ? null : new XElement(
                Command + "parameterValueGroup",
                parameter.KnownValues.Select(value =>
                    new XElement(Command + "parameterValue", new XAttribute("required", false), value))),
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName), new XElement(Maml + "uri")));

    private static XElement ParameterValue(ParameterDescription parameter) =>
        new(
            Command + "parameterValue",
            new XAttribute("required", true),
            new XAttribute("variableLength", parameter.Type.IsArray),
            parameter.TypeName);

    private static XElement CommonSwitch(string name) =>
        new(
            Command + "parameter",
            new XAttribute("required", false),
            new XAttribute("position", "named"),
            new XElement(Maml + "name", name),
            new XElement(Dev + "type", new XElement(Maml + "name", "SwitchParameter")));

    private static string Pipeline(ParameterDescription parameter) =>
        (parameter.TakesPipelineValue, parameter.TakesPipelineProperty) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static XElement InputType(ParameterDescription parameter) =>
        new(
            Command + "inputType",
            new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName)),
            Text(Maml + "description", parameter.Description));

    private static XElement ReturnValue(string name, IReadOnlyList<string> description) =>
        new(
            Command + "returnValue",
            new XElement(Dev + "type", new XElement(Maml + "name", name)),
            Text(Maml + "description", description));

    private static XElement Example(CmdletExample example, int index) =>
        new(
            Command + "example",
            new XElement(Maml + "title", $"Example {index + 1}: {example.Title}"),
            new XElement(Dev + "code", example.Code),
            Text(Dev + "remarks", example.Remarks));

    private static XElement Text(XName name, IReadOnlyList<string> paragraphs) =>
        new(name, paragraphs.Select(p => new XElement(Maml + "para", p)));
}
