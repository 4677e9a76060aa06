using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Mime;
using MailAdmin.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary>The options that say how a message is to wait.</summary>
internal sealed class WaitingOptions
{
    private readonly Choice<QueuePriority> _priority = new(
        "--queue-priority",
        [],
        ("high", QueuePriority.High),
        ("normal", QueuePriority.Normal),
        ("low", QueuePriority.Low))
    { Description = "Which mail goes first; by default as --priority says." };

    private readonly Option<string?> _notBefore = new("--not-before")
    {
        HelpName = "TIME", Description = "Not to be sent earlier, such as 2026-07-01T18:30.",
    };

    private readonly Option<bool> _hold = new("--hold")
    {
        Description = "Keep it from being sent until 'queue resume' releases it.",
    };

    private readonly Option<string?> _expires = new("--expires")
    {
        HelpName = "TIME", Description = "When to give up; by default 48 hours after it may first be sent.",
    };

    public void AddTo(Command command)
    {
        command.Add(_priority);
        command.Add(_notBefore);
        command.Add(_hold);
        command.Add(_expires);
    }

    public QueueOrder Apply(ParseResult parsed, QueueOrder order, MessagePriority said)
    {
        var notBefore = Moment.Parse(parsed.GetValue(_notBefore), "--not-before");
        var expires = Moment.Parse(parsed.GetValue(_expires), "--expires");
        return notBefore is { } start && expires <= start
            ? throw CliException.Usage("--expires is not after --not-before.", "Give a later time, or leave it out.")
            : order with
            {
                Priority = Priority(parsed, said),
                NotBefore = notBefore,
                IsHeld = parsed.GetValue(_hold),
                ExpiresAt = expires,
            };
    }

    private QueuePriority Priority(ParseResult parsed, MessagePriority said) => said switch
    {
        _ when parsed.GetResult(_priority) is { Implicit: false } => parsed.GetValue(_priority),
        MessagePriority.High => QueuePriority.High,
        MessagePriority.Low => QueuePriority.Low,
        _ => QueuePriority.Normal,
    };
}
