using System.Net.Mail;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.PowerShell.Sending;

/// <summary>What the user wants of an envelope, over what the message itself says.</summary>
internal sealed record EnvelopeWishes
{
    /// <summary>The sender in place of the message's own; null keeps that.</summary>
    public EmailAddress? Sender { get; init; }

    /// <summary>The recipients in place of the message's own; null keeps those.</summary>
    public IReadOnlyList<EmailAddress>? Recipients { get; init; }

    /// <summary>When the server is to report.</summary>
    public DeliveryNotificationOptions Notify { get; init; }

    /// <summary>How much of the message a report brings back.</summary>
    public DsnReturn Return { get; init; }

    /// <summary>The mark that a report carries.</summary>
    public string? EnvelopeId { get; init; }

    /// <summary>The envelope for a composed message.</summary>
    /// <exception cref="MessageException">There is no sender or no recipient.</exception>
    public Envelope Of(RelayMessage message)
    {
        var sender = Sender ?? (message.Sender ?? message.From)?.Address;
        return Decorate(sender is not null && Recipients is { Count: > 0 } recipients
            ? new Envelope(sender, recipients.Select(r => new EnvelopeRecipient(r)).ToArray())
            : message.ToEnvelope() with { ReversePath = sender });
    }

    /// <summary>The envelope for a message file.</summary>
    /// <exception cref="MailException">
    /// There is no sender or no recipient, or a header that is needed is malformed.
    /// </exception>
    public Envelope Of(EmlMessage message) => Decorate(message.ToEnvelope(Sender, Recipients));

    private Envelope Decorate(Envelope envelope) => envelope with
    {
        Return = Return,
        EnvelopeId = EnvelopeId,
        Recipients = Notify == DeliveryNotificationOptions.None
            ? envelope.Recipients
            : envelope.Recipients.Select(r => r with { Notify = CoreNotify() }).ToArray(),
    };

    // The bits have different values here and there.
    private DsnNotify CoreNotify() =>
        Notify == DeliveryNotificationOptions.Never
            ? DsnNotify.Never
            : (Notify.HasFlag(DeliveryNotificationOptions.OnSuccess) ? DsnNotify.Success : 0)
            | (Notify.HasFlag(DeliveryNotificationOptions.OnFailure) ? DsnNotify.Failure : 0)
            | (Notify.HasFlag(DeliveryNotificationOptions.Delay) ? DsnNotify.Delay : 0);
}
