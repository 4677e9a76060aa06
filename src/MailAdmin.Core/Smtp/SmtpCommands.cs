using MailAdmin.Addressing;

namespace MailAdmin.Smtp;

/// <summary>How the commands of a transaction look on the wire (RFC 5321 §4.1.1).</summary>
internal static class SmtpCommands
{
    private const int MaxEnvelopeIdLength = 100;

    /// <code>MAIL FROM:&lt;a@b.example&gt; SIZE=1000 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=QQ314159</code>
    internal static void MailFrom(this SmtpCommandBuffer line, EmailAddress? reversePath, MailParameters parameters)
    {
        line.Append("MAIL FROM:<"u8).Append(reversePath?.ToWireString() ?? "").Append(">"u8);
        if (parameters.Size is { } size)
        {
            line.Append(" SIZE="u8).Append(size);
        }

        if (parameters.EightBitMime)
        {
            line.Append(" BODY=8BITMIME"u8);
        }

        if (parameters.SmtpUtf8)
        {
            line.Append(" SMTPUTF8"u8);
        }

        if (parameters.Return != DsnReturn.Unspecified)
        {
            line.Append(parameters.Return == DsnReturn.Full ? " RET=FULL"u8 : " RET=HDRS"u8);
        }

        if (parameters.EnvelopeId is { } id)
        {
            var encoded = XText.Encode(id);
            if (encoded.Length > MaxEnvelopeIdLength)
            {
                line.Reset();
                throw SmtpCommandFormatException.EnvelopeIdTooLong(encoded.Length, MaxEnvelopeIdLength);
            }

            line.Append(" ENVID="u8).Append(encoded);
        }

        line.End(SmtpStage.MailFrom, SmtpCommandBuffer.MaxLengthWithParameters);
    }

    /// <code>RCPT TO:&lt;a@b.example&gt; NOTIFY=SUCCESS,FAILURE ORCPT=rfc822;a@b.example</code>
    internal static void RcptTo(this SmtpCommandBuffer line, EnvelopeRecipient recipient, bool dsn)
    {
        line.Append("RCPT TO:<"u8).Append(recipient.Address.ToWireString()).Append(">"u8);
        if (dsn && recipient.Notify != DsnNotify.Unspecified)
        {
            line.Append(" NOTIFY="u8).Append(Notify(recipient.Notify));
        }

        if (dsn && recipient.OriginalRecipient is { } original)
        {
            line.Append(" ORCPT="u8).Append(XText.OriginalRecipient(original));
        }

        line.End(SmtpStage.RcptTo, SmtpCommandBuffer.MaxLengthWithParameters);
    }

    internal static void Data(this SmtpCommandBuffer line) => line.Append("DATA"u8).End(SmtpStage.Data);

    /// <code>BDAT 86 LAST</code>
    internal static void LastChunk(this SmtpCommandBuffer line, long length) =>
        line.Append("BDAT "u8).Append(length).Append(" LAST"u8).End(SmtpStage.Data);

    /// <summary>
    /// How long the group would be with a chunk at its end, in octets; a few more where the length is short.
    /// </summary>
    internal static long LengthWithLastChunk(this SmtpCommandBuffer group, long length)
    {
        const int CommandLength = 24;
        return group.Lines.Length + CommandLength + length;
    }

    internal static void Rset(this SmtpCommandBuffer line) => line.Append("RSET"u8).End(SmtpStage.Rset);

    private static string Notify(DsnNotify notify) => notify.HasFlag(DsnNotify.Never)
        ? "NEVER"
        : string.Join(',', Enum.GetValues<DsnNotify>()
            .Where(flag => flag != DsnNotify.Unspecified && notify.HasFlag(flag))
            .Select(flag => flag.ToString().ToUpperInvariant()));
}
