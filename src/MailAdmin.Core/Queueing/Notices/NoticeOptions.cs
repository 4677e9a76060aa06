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

    /// <summary>The options with this machine's name.</summary>
    /// <param name="toSender">True to tell the message's sender.</param>
    /// <param name="alert">Somebody who is told of all failures; null for nobody.</param>
    public static NoticeOptions OfThisMachine(bool toSender, Mailbox? alert)
    {
        var name = System.Net.Dns.GetHostName();
        return new NoticeOptions
        {
            ToSender = toSender,
            AlertAddress = alert,
            Host = DomainName.TryParse(name, out var domain, out _) && !domain.IsLiteral ? domain.Ascii : "localhost",
        };
    }
}
