using System.CommandLine;

namespace MailAdmin.Cli.Parsing;

/// <summary>Turns what the parser found wrong into one failure. Several faults are named together.</summary>
internal static class ParseFailure
{
    public static CliException Of(ParseResult parsed)
    {
        var faults = parsed.Errors.Select(error => error.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal);
        var command = parsed.CommandResult.Command;
        var name = command is RootCommand ? "mailadmin" : $"mailadmin {command.Name}";
        return CliException.Usage($"{string.Join("; ", faults)}.", $"'{name} --help' lists what there is.");
    }
}
