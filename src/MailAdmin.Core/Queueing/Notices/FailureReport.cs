using System.Globalization;
using System.Text;
using System.Text.Unicode;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Encodings;

namespace MailAdmin.Queueing.Notices;

/// <summary>
/// A report of failed delivery: multipart/report (RFC 6522) of words for people, message/delivery-status (RFC 3464) and
/// the header of the message that failed.
/// </summary>
internal sealed record FailureReport
{
    internal const string SubjectText = "Undelivered: a message did not reach everybody";

    public required string Host { get; init; }

    public required Mailbox To { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When the message was last attempted; null when it never was.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    public string? EnvelopeId { get; init; }

    public string? Subject { get; init; }

    public string? OriginalMessageId { get; init; }

    public required IReadOnlyList<FailedRecipient> Recipients { get; init; }

    /// <summary>The header of the message that failed, with CRLF at its end; empty when it is not known.</summary>
    public byte[] OriginalHeaders { get; init; } = [];

    /// <summary>The report as it is sent, in 7-bit octets unless the address of its recipient needs UTF-8.</summary>
    /// <exception cref="MessageException">A value cannot be in a message.</exception>
    public async Task<byte[]> ToBytesAsync(CancellationToken cancellationToken)
    {
        var words = new MessageBuilder().Build(new MessageDraft
        {
            From = new Mailbox("Mail Delivery", Postmaster()),
            To = [To],
            Subject = SubjectText,
            Date = Date,
            MessageId = MessageId,
            Headers = [new MessageHeader("Auto-Submitted", "auto-replied"), .. References()],
            TextBody = Words(),
        });
        var format = new WireFormat(EightBit: false, To.Address.RequiresSmtpUtf8);
        var prepared = await words.PrepareAsync(format, cancellationToken).ConfigureAwait(false);
        using var written = new MemoryStream();
        await using (prepared.ConfigureAwait(false))
        {
            await prepared.WriteToAsync(written, cancellationToken).ConfigureAwait(false);
        }

        return Assemble(written.ToArray());
    }

    /// <summary>
    /// Makes the words the first part of three: their content fields go with them, the rest stays on top.
    /// </summary>
    private byte[] Assemble(ReadOnlySpan<byte> words)
    {
        var end = words.IndexOf("\r\n\r\n"u8);
        var top = new StringBuilder();
        var ofPart = new StringBuilder();
        var target = top;
        foreach (var line in Encoding.UTF8.GetString(words[..end]).Split("\r\n"))
        {
            target = line is [' ' or '\t', ..] ? target
                : line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? ofPart
                : top;
            target.Append(line).Append("\r\n");
        }

        var boundary = $"=_{MessageId[..MessageId.IndexOf('@', StringComparison.Ordinal)]}";
        using var all = new WireBuffer(words.Length + OriginalHeaders.Length + 4096);
        all.Append(
            $"{top}Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"{boundary}\"\r\n\r\n");
        all.Append($"--{boundary}\r\n{ofPart}\r\n");
        all.Append(words[(end + 4)..]);
        all.Append($"\r\n--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n");
        WriteStatus(new DeliveryStatusWriter(all));
        if (OriginalHeaders.Length > 0)
        {
            all.Append($"\r\n--{boundary}\r\n");
            WriteOriginal(all);
        }

        all.Append($"\r\n--{boundary}--\r\n");
        return all.Written.ToArray();
    }

    private void WriteStatus(DeliveryStatusWriter fields)
    {
        fields.Value("Original-Envelope-Id", EnvelopeId);
        fields.Text("Reporting-MTA", "dns;"u8, Host);
        fields.Date("Arrival-Date", ArrivedAt);
        foreach (var recipient in Recipients)
        {
            fields.EndGroup();
            if (recipient.Original is { } original)
            {
                fields.Address("Original-Recipient", original);
            }

            fields.Address("Final-Recipient", recipient.Address);
            fields.Value("Action", "failed");
            fields.Value("Status", recipient.Status);
            fields.Text("Remote-MTA", "dns;"u8, recipient.RemoteHost);
            fields.Text("Diagnostic-Code", "smtp;"u8, recipient.Reply?.ToString());
            if (LastAttemptAt is { } time)
            {
                fields.Date("Last-Attempt-Date", time);
            }
        }
    }

    /// <summary>
    /// The third part. What is not ASCII is made so (RFC 6522 §3): the report has to come through where the message did
    /// not.
    /// </summary>
    private void WriteOriginal(WireBuffer all)
    {
        var isUtf8 = !Ascii.IsValid(OriginalHeaders) && Utf8.IsValid(OriginalHeaders);
        all.Append(isUtf8
            ? "Content-Type: text/rfc822-headers; charset=utf-8\r\n"u8
            : "Content-Type: text/rfc822-headers\r\n"u8);
        if (TextTraits.Of(OriginalHeaders) is { IsAscii: true, IsFragile: false })
        {
            all.Append("\r\n"u8);
            all.Append(OriginalHeaders);
            return;
        }

        all.Append(TransferEncoding.QuotedPrintable.HeaderLine());
        all.AppendLine();
        var encoder = default(QuotedPrintableEncoder);
        encoder.Encode(OriginalHeaders, all);
        encoder.Finish(all);
    }

    private EmailAddress Postmaster() =>
        EmailAddress.TryParse($"postmaster@{Host}", out var address, out _) ? address : To.Address;

    private IEnumerable<MessageHeader> References() =>
        OriginalMessageId is null ? [] : [new MessageHeader("References", $"<{OriginalMessageId}>")];

    private string Words()
    {
        var text = new StringBuilder();
        text.Append("A message could not be delivered to everybody, and will not be tried again.\r\n\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Subject: {Subject ?? "(not known)"}\r\n");
        text.Append(CultureInfo.InvariantCulture, $"Queued:  {ArrivedAt:yyyy-MM-dd HH:mm:ss zzz} on {Host}\r\n\r\n");
        foreach (var recipient in Recipients)
        {
            text.Append(CultureInfo.InvariantCulture, $"{recipient.Address}\r\n    {recipient.Reason}\r\n");
        }

        return text.ToString();
    }
}
