using System.Buffers.Text;
using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// MAIL FROM with the parameters SIZE (RFC 1870), BODY (RFC 6152), SMTPUTF8 (RFC 6531), RET and ENVID (RFC 3461), and
/// AUTH (RFC 4954 §5). A parameter of an extension that is not on offer is unknown.
/// </summary>
internal static class MailCommandParser
{
    private const int MaxEnvelopeIdLength = 100;

    [Flags]
    private enum Seen
    {
        None = 0,
        Size = 1,
        Body = 2,
        Utf8 = 4,
        Ret = 8,
        EnvId = 16,
        Auth = 32,
    }

    /// <summary>Reads the arguments; returns the refusal when they are wrong, else null.</summary>
    public static StockReply? Parse(
        ReadOnlySpan<byte> arguments, SmtpTestServerOptions options, out SmtpMailCommand mail)
    {
        mail = new SmtpMailCommand();
        if (!PathArgument.TryParse(arguments, "FROM:"u8, out var path))
        {
            return StockReply.BadMailSyntax;
        }

        EmailAddress? sender = null;
        if (!path.Path.IsEmpty && !path.TryReadAddress(out sender))
        {
            return StockReply.BadSender;
        }

        mail = mail with { ReversePath = sender };
        var seen = Seen.None;
        var parameters = path.Parameters;
        while (parameters.Next(out var isWellFormed))
        {
            var which = isWellFormed ? Which(parameters, options) : Seen.None;
            if (!isWellFormed || (seen & which) != 0)
            {
                return StockReply.BadParameter;
            }

            if (which == Seen.None)
            {
                return StockReply.UnknownParameter;
            }

            seen |= which;
            if (Apply(which, parameters, mail) is not { } next)
            {
                return StockReply.BadParameter;
            }

            mail = next;
        }

        return mail.UsesUtf8 || path.IsAscii ? null : StockReply.NeedsUtf8;
    }

    private static Seen Which(EsmtpParameters parameter, SmtpTestServerOptions options) =>
        parameter.Is("SIZE"u8) && options.Offers(SmtpServerExtensions.Size) ? Seen.Size
        : parameter.Is("BODY"u8) && options.Offers(SmtpServerExtensions.EightBitMime) ? Seen.Body
        : parameter.Is("SMTPUTF8"u8) && options.Offers(SmtpServerExtensions.SmtpUtf8) ? Seen.Utf8
        : parameter.Is("RET"u8) && options.Offers(SmtpServerExtensions.Dsn) ? Seen.Ret
        : parameter.Is("ENVID"u8) && options.Offers(SmtpServerExtensions.Dsn) ? Seen.EnvId
        : parameter.Is("AUTH"u8) && options.Offers(SmtpServerExtensions.Auth) && options.KnowsUsers ? Seen.Auth
        : Seen.None;

    private static SmtpMailCommand? Apply(Seen which, EsmtpParameters parameter, SmtpMailCommand mail) => which switch
    {
        Seen.Size => TryReadSize(parameter.Value, out var size) ? mail with { DeclaredSize = size } : null,
        Seen.Body => parameter.ValueIs("8BITMIME"u8) ? mail with { IsEightBit = true }
            : parameter.ValueIs("7BIT"u8) ? mail : null,
        Seen.Utf8 => parameter.HasValue ? null : mail with { UsesUtf8 = true },
        Seen.Ret => parameter.ValueIs("FULL"u8) ? mail with { Return = DsnReturn.Full }
            : parameter.ValueIs("HDRS"u8) ? mail with { Return = DsnReturn.Headers } : null,
        Seen.EnvId => XTextDecoder.TryDecode(parameter.Value, out var id) && id.Length is > 0 and <= MaxEnvelopeIdLength
            ? mail with { EnvelopeId = id } : null,
        _ => parameter.Value.SequenceEqual("<>"u8) ? mail with { Submitter = "" }
            : XTextDecoder.TryDecode(parameter.Value, out var user) && user.Length > 0 ? mail with { Submitter = user }
            : null,
    };

    private static bool TryReadSize(ReadOnlySpan<byte> digits, out long size) =>
        Utf8Parser.TryParse(digits, out size, out var used) &&
        used == digits.Length &&
        char.IsAsciiDigit((char)digits[0]);
}
