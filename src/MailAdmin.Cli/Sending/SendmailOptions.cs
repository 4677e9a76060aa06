using System.CommandLine;
using MailAdmin.Cli.Output;

namespace MailAdmin.Cli.Sending;

/// <summary>
/// The options that programs pass to <c>sendmail</c>, so that this program can stand in its place. Those that steer a
/// queue or a local delivery that does not exist here are taken and have no effect.
/// </summary>
internal sealed class SendmailOptions
{
    private readonly Option<bool> _fromHeaders = new("-t")
    {
        Description = "Like sendmail: a whole message from standard input, recipients from its To, Cc and Bcc.",
    };

    private readonly Option<bool> _ignoreDots = new("-i")
    {
        Description = "With standard input: a line with a single dot does not end the message.",
    };

    private readonly Option<string?> _fullName = new("-F")
    {
        HelpName = "NAME", Description = "The sender's name, for a message that lacks From.",
    };

    private readonly Argument<string[]> _recipients = new("recipient")
    {
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
        Description = "Like sendmail: recipients of a whole message from standard input, or of --eml.",
    };

    // -oi is -i; -oem, -odb and their like steer queues.
    private readonly Option<string[]> _set = new("-o") { Hidden = true, DefaultValueFactory = _ => [] };
    private readonly Option<string?> _mode = new("-b") { Hidden = true };
    private readonly Option<string?> _errors = new("-e") { Hidden = true };
    private readonly Option<string?> _body = new("-B") { Hidden = true };

    public void AddTo(Command command)
    {
        // Its other modes are daemons, queue runs and address tests.
        _mode.AcceptOnlyFromAmong("m");
        command.Add(_fromHeaders);
        command.Add(_ignoreDots);
        command.Add(_fullName);
        command.Add(_set);
        command.Add(_mode);
        command.Add(_errors);
        command.Add(_body);
        command.Add(_recipients);
    }

    public bool TakesRecipientsFromHeaders(ParseResult parsed) => parsed.GetValue(_fromHeaders);

    public bool IgnoresDots(ParseResult parsed) => parsed.GetValue(_ignoreDots) || parsed.GetValue(_set)!.Contains("i");

    public string? FullName(ParseResult parsed) => parsed.GetValue(_fullName);

    /// <summary>The recipients behind the options. What looks like an option is one that does not exist.</summary>
    public IReadOnlyList<string> Recipients(ParseResult parsed)
    {
        var given = parsed.GetValue(_recipients)!;
        var unknown = given.FirstOrDefault(text => text is ['-', ..] && !text.Contains('@', StringComparison.Ordinal));
        return unknown is null
            ? given
            : throw CliException.Usage(
                $"There is no option '{Plain.Line(unknown.Split('=')[0])}'.",
                "'mailadmin send --help' lists what there is.");
    }
}
