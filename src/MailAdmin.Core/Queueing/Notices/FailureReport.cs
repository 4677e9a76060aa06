using System.Globalization;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Queueing.Notices;

/// <summary>
/// A report of failed delivery: multipart/report (RFC 6522) of words for people, message/delivery-status (RFC 3464) and
/// the header of the message that failed.
/// </summary>
internal sealed record FailureReport
{
    internal const string SubjectText = "Undelivered: a message did not reach everybody";

    // RFC 3464 §2.1.2: lines of a field may be folded; long replies would otherwise break the limit of 998 octets.
    private const int LongestValue = 900;

    public required string Host { get; init; }

    public required Mailbox To { get; init; }

    /// <summary>Without angle brackets.</summary>
    public required string MessageId { get; init; }

    public required DateTimeOffset Date { get; init; }

    public required DateTimeOffset ArrivedAt { get; init; }

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
    private byte[] Assemble(byte[] words)
    {
        var end = words.AsSpan().IndexOf("\r\n\r\n"u8);
        var top = new StringBuilder();
        var ofPart = new StringBuilder();
        var target = top;
        foreach (var line in Encoding.UTF8.GetString(words, 0, end).Split("\r\n"))
        {
            target = line is [' ' or '\t', ..] ? target
                : line.StartsWith("Content-", StringComparison.OrdinalIgnoreCase) ? ofPart
                : top;
            target.Append(line).Append("\r\n");
        }

        var boundary = $"=_{MessageId[..MessageId.IndexOf('@', StringComparison.Ordinal)]}";
        top.Append(
            CultureInfo.InvariantCulture,
            $"Content-Type: multipart/report; report-type=delivery-status;\r\n boundary=\"{boundary}\"\r\n");
        using var all = new MemoryStream();
        Write(all, $"{top}\r\n--{boundary}\r\n{ofPart}\r\n");
        all.Write(words.AsSpan(end + 4));
        Write(all, $"\r\n--{boundary}\r\nContent-Type: message/delivery-status\r\n\r\n{StatusFields()}");
        if (OriginalHeaders.Length > 0)
        {
            var encoding = OriginalHeaders.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)127) < 0 ? "7bit" : "8bit";
            Write(all, $"\r\n--{boundary}\r\nContent-Type: text/rfc822-headers\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n");
            all.Write(OriginalHeaders);
        }

        Write(all, $"\r\n--{boundary}--\r\n");
        return all.ToArray();
    }

    private static void Write(MemoryStream target, string text) => target.Write(Encoding.UTF8.GetBytes(text));

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

    private string StatusFields()
    {
        var fields = new StringBuilder();
        Add(fields, "Original-Envelope-Id", EnvelopeId);
        Add(fields, "Reporting-MTA", $"dns; {Host}");
        Add(fields, "Arrival-Date", Rfc5322(ArrivedAt));
        foreach (var recipient in Recipients)
        {
            fields.Append("\r\n");
            Add(fields, "Original-Recipient", recipient.Original is { } original ? Typed(original) : null);
            Add(fields, "Final-Recipient", Typed(recipient.Address));
            Add(fields, "Action", "failed");
            Add(fields, "Status", recipient.Status);
            Add(fields, "Remote-MTA", recipient.RemoteHost is { } host ? $"dns; {host}" : null);
            Add(fields, "Diagnostic-Code", recipient.Reply is { } reply ? $"smtp; {reply}" : null);
            Add(fields, "Last-Attempt-Date", Rfc5322(Date));
        }

        return fields.ToString();
    }

    private static void Add(StringBuilder fields, string name, string? value)
    {
        if (value is not null)
        {
            var ascii = new string([.. value.Select(c => c is >= ' ' and <= '~' ? c : '?').Take(LongestValue)]);
            fields.Append(CultureInfo.InvariantCulture, $"{name}: {ascii}\r\n");
        }
    }

    // RFC 6533 §3: an address that is not ASCII is written in the type utf-8, its characters as \x{…}.
    private static string Typed(EmailAddress address)
    {
        var text = address.ToString();
        return text.All(char.IsAscii)
            ? $"rfc822; {text}"
            : "utf-8; " + string.Concat(text.EnumerateRunes().Select(rune =>
                rune.IsAscii ? rune.ToString() : $"\\x{{{rune.Value:X}}}"));
    }

    private static string Rfc5322(DateTimeOffset time) =>
        time.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)
        + time.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal);
}
