using System.CommandLine;
using System.CommandLine.Parsing;

namespace MailAdmin.Cli.Parsing;

/// <summary>Turns what the parser found wrong into one failure. Several faults are named together.</summary>
internal static class ParseFailure
{
    public static CliException Of(ParseResult parsed)
    {
        var faults = parsed.Errors.Select(error => error.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal);
        return CliException.Usage(
            $"{string.Join("; ", faults)}.", $"'{Name(parsed.CommandResult)} --help' lists what there is.");
    }

    private static string Name(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{Name(parent)} {command.Command.Name}" : "mailadmin";
}
