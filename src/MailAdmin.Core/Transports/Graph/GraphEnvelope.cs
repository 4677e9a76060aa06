using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Transports.Graph;

/// <summary>
/// Brings envelope and headers together: with Graph the headers alone decide who gets a message and whose it is.
/// Recipients that no header names become Bcc, which is what they are; one that a header names and the envelope does
/// not would get the message all the same, so that is refused.
/// </summary>
internal sealed record GraphEnvelope
{
    private const int Shown = 3;

    /// <summary>The recipients that no header may show to the others.</summary>
    public required IReadOnlyList<Mailbox> Hidden { get; init; }

    /// <summary>What of the envelope cannot be had, as sentences.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }

    /// <summary>Compares the two.</summary>
    /// <exception cref="MessageException">GraphEnvelopeDiffers: the message cannot go as the envelope says.</exception>
    /// <exception cref="AddressFormatException">A header that is needed holds something that is no address.</exception>
    public static GraphEnvelope Match(IReadOnlyList<HeaderField> fields, Envelope envelope)
    {
        var author = Addresses(fields, "Sender") is [var sender, ..]
            ? sender
            : Addresses(fields, "From").FirstOrDefault();
        if (envelope.ReversePath is null || !Same(envelope.ReversePath, author?.Address))
        {
            throw Differs(
                $"The envelope's sender is {envelope.ReversePath?.ToString() ?? "<>"}, and the message is from "
                + $"{author?.Address.ToString() ?? "nobody"}. With Microsoft Graph the message decides.");
        }

        Mailbox[] named = [.. Addresses(fields, "To"), .. Addresses(fields, "Cc"), .. Addresses(fields, "Bcc")];
        var wanted = envelope.Recipients.Select(r => r.Address.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var others = named.Select(m => m.Address.ToString()).Where(a => !wanted.Contains(a)).Distinct().ToArray();
        if (others.Length > 0)
        {
            var more = others.Length > Shown ? $" and {others.Length - Shown} more" : "";
            throw Differs(
                $"The message names {string.Join(", ", others.Take(Shown))}{more} as recipients, whom it is not to go "
                + "to. With Microsoft Graph everybody gets it whom the message names.");
        }

        var shown = Addresses(fields, "To").Concat(Addresses(fields, "Cc")).Select(m => m.Address.ToString());
        wanted.ExceptWith(shown);
        return new GraphEnvelope
        {
            Hidden =
            [
                .. envelope.Recipients.Where(r => wanted.Remove(r.Address.ToString())).Select(r => (Mailbox)r.Address),
            ],
            Warnings = WantsReports(envelope)
                ? ["Microsoft Graph takes no wishes for delivery reports; it was not asked for any."]
                : [],
        };
    }

    /// <summary>The mailboxes that the fields of a name hold.</summary>
    public static IReadOnlyList<Mailbox> Addresses(IReadOnlyList<HeaderField> fields, string name) =>
        [.. fields.Where(f => f.Is(name)).SelectMany(f => Mailbox.ParseList(f.Text))];

    private static bool Same(EmailAddress one, EmailAddress? other) =>
        one.ToString().Equals(other?.ToString(), StringComparison.OrdinalIgnoreCase);

    private static bool WantsReports(Envelope envelope) =>
        envelope.Return != DsnReturn.Unspecified || envelope.EnvelopeId is not null ||
        envelope.Recipients.Any(r => r.Notify is not (DsnNotify.Unspecified or DsnNotify.Never));

    private static MessageException Differs(string message) => new(
        "GraphEnvelopeDiffers",
        MailErrorKind.NotSupported,
        message,
        "Give the message the sender and the recipients that it is to have, or send it over SMTP.");
}
