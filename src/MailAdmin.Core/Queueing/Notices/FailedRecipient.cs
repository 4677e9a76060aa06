using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Addressing;
using MailAdmin.Queueing.Failures;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Queueing.Notices;

/// <summary>A recipient that a message will not reach, as a report tells it (RFC 3464 §2.3).</summary>
internal sealed record FailedRecipient
{
    // RFC 3463 §3.5: the time to deliver is over. §3.1: nothing better is known.
    private const string DeliveryTimeExpired = "4.4.7";
    private const string OtherPermanent = "5.0.0";
    private const string OtherNetwork = "4.4.0";

    /// <summary>Who it is.</summary>
    public required EmailAddress Address { get; init; }

    /// <summary>The address that the sender of the message knows (ORCPT); null for the same.</summary>
    public EmailAddress? Original { get; init; }

    /// <summary>False when the sender asked not to be told (NOTIFY=NEVER).</summary>
    public required bool WantsNotice { get; init; }

    /// <summary>The code of RFC 3463.</summary>
    public required string Status { get; init; }

    /// <summary>The server's reply; null when there was none.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>The reason in words.</summary>
    public required string Reason { get; init; }

    /// <summary>The server that was asked, without its port; null when none was.</summary>
    public string? RemoteHost { get; init; }

    /// <summary>The recipients of an item that has come to its end, without those who have it.</summary>
    internal static IReadOnlyList<FailedRecipient> Of(QueueItem item, AttemptVerdict verdict, DeliveryReport? report)
    {
        var outcomes = verdict.Outcomes.ToLookup(o => o.Address);
        return
        [
            .. from recipient in item.Recipients
               let outcome = recipient.IsOpen ? outcomes[recipient.Recipient.Address].FirstOrDefault() : null
               let status = outcome?.Status ?? recipient.Status
               where status != RecipientStatus.Accepted
               select Of(item, recipient, outcome, status, verdict.Error, report),
        ];
    }

    private static FailedRecipient Of(
        QueueItem item,
        QueueRecipient recipient,
        RecipientOutcome? outcome,
        RecipientStatus status,
        MailException? error,
        DeliveryReport? report)
    {
        var reply = outcome?.Reply ?? recipient.Reply;
        var isExpired = status is RecipientStatus.NotTried or RecipientStatus.Deferred
            && error is not OutcomeUnknownException;
        return new FailedRecipient
        {
            Address = recipient.Recipient.Address,
            Original = recipient.Recipient.OriginalRecipient,
            WantsNotice = recipient.Recipient.Notify is DsnNotify.Unspecified
                || recipient.Recipient.Notify.HasFlag(DsnNotify.Failure),
            Status = isExpired ? DeliveryTimeExpired : StatusOf(reply, error),
            Reply = reply is { IsPositive: false } ? reply : null,
            Reason = (reply is { IsPositive: false } ? reply.ToString() : null) ?? error?.Message ?? item.LastError
                ?? "The message could not be delivered in time.",
            RemoteHost = report?.Server is { } server ? HostOf(server) : null,
        };
    }

    // A name in ASCII, or a literal (RFC 3464 §9.3).
    private static string HostOf(string server)
    {
        var port = server.LastIndexOf(':');
        var host = (port < 0 ? server : server[..port]).Trim('[', ']');
        return IPAddress.TryParse(host, out var address)
            ? address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{address}]" : $"[{address}]"
            : DomainName.TryParse(host, out var name, out _) ? name.Ascii : host;
    }

    private static string StatusOf(SmtpReply? reply, MailException? error) => reply switch
    {
        { Enhanced: { } enhanced, IsPositive: false } => enhanced.ToString(),
        { IsPositive: false } => string.Create(CultureInfo.InvariantCulture, $"{reply.Code / 100}.0.0"),
        _ => error is OutcomeUnknownException ? OtherNetwork : OtherPermanent,
    };
}
