using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Parsing;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say how the message is handed over, and what the server is to report.</summary>
internal sealed class DeliveryOptions
{
    private readonly Option<string?> _sender = new("--envelope-from", "-f", "-r")
    {
        HelpName = "ADDRESS", Description = "Where failure reports go, if not to the sender; <> for nowhere.",
    };

    private readonly Option<int?> _batchSize = new("--batch-size")
    {
        HelpName = "N", Description = "At most so many recipients in one transaction.",
    };

    private readonly Option<bool> _requireAll = new("--require-all-recipients")
    {
        Description = "Send to nobody when the server refuses one recipient.",
    };

    private readonly Option<string?> _notify = new("--notify", "-N")
    {
        HelpName = "WHEN", Description = "Delivery reports: never, or success, failure, delay separated by commas.",
    };

    private readonly Choice<DsnReturn> _return = new(
        "--ret", ["-R"], ("full", DsnReturn.Full), ("hdrs", DsnReturn.Headers))
    {
        Description = "What a failure report brings back.",
    };

    private readonly Option<string?> _envelopeId = new("--envid", "-V")
    {
        HelpName = "ID", Description = "A mark that reports carry back.",
    };

    public void AddTo(Command command)
    {
        command.Add(_sender);
        command.Add(_batchSize);
        command.Add(_requireAll);
        command.Add(_notify);
        command.Add(_return);
        command.Add(_envelopeId);
    }

    public SmtpRoute Apply(ParseResult parsed, SmtpRoute route)
    {
        var batchSize = parsed.GetValue(_batchSize);
        return batchSize is null or > 0
            ? route with { BatchSize = batchSize, RequireAllRecipients = parsed.GetValue(_requireAll) }
            : throw CliException.Usage(
                "--batch-size is a number above 0.", "Leave it out to put all recipients into one transaction.");
    }

    public Envelope Apply(ParseResult parsed, Envelope envelope)
    {
        var notify = Notify(parsed);
        return envelope with
        {
            ReversePath = IsSenderGiven(parsed) ? Sender(parsed) : envelope.ReversePath,
            Recipients = [.. envelope.Recipients.Select(recipient => recipient with { Notify = notify })],
            Return = parsed.GetValue(_return),
            EnvelopeId = parsed.GetValue(_envelopeId),
        };
    }

    /// <summary>True when <c>-f</c> was given, also when it names nobody.</summary>
    public bool IsSenderGiven(ParseResult parsed) => parsed.GetValue(_sender) is not null;

    /// <summary>Null for the empty reverse path.</summary>
    public EmailAddress? Sender(ParseResult parsed) =>
        parsed.GetValue(_sender) is { } text && text is not ("" or "<>") ? Mailbox.Parse(text).Address : null;

    private DsnNotify Notify(ParseResult parsed)
    {
        var notify = DsnNotify.Unspecified;
        foreach (var word in parsed.GetValue(_notify)?.Split(',', StringSplitOptions.TrimEntries) ?? [])
        {
            notify |= word.ToLowerInvariant() switch
            {
                "never" => DsnNotify.Never,
                "success" => DsnNotify.Success,
                "failure" => DsnNotify.Failure,
                "delay" => DsnNotify.Delay,
                _ => throw BadNotify(),
            };
        }

        return notify.HasFlag(DsnNotify.Never) && notify != DsnNotify.Never ? throw BadNotify() : notify;
    }

    private static CliException BadNotify() => CliException.Usage(
        "--notify takes never, or some of success, failure and delay.", "Write for example --notify failure,delay.");
}
