using MailAdmin.Addressing;

namespace MailAdmin.Queueing.Notices;

/// <summary>Who is told of messages that will not reach somebody.</summary>
public sealed record NoticeOptions
{
    /// <summary>True to tell the message's sender.</summary>
    public bool ToSender { get; init; }

    /// <summary>Somebody who is told of all failures; null for nobody.</summary>
    public Mailbox? AlertAddress { get; init; }

    /// <summary>The name of this machine, as reports give it.</summary>
    public required string Host { get; init; }
}
