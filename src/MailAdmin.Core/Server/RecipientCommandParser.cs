using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// RCPT TO with the parameters NOTIFY and ORCPT (RFC 3461). <c>&lt;Postmaster&gt;</c> is this host's own.
/// </summary>
internal static class RecipientCommandParser
{
    /// <summary>Reads the arguments; returns the refusal when they are wrong, else null.</summary>
    /// <param name="arguments">What follows RCPT.</param>
    /// <param name="options">What the server offers.</param>
    /// <param name="allowUtf8">MAIL FROM said SMTPUTF8.</param>
    /// <param name="recipient">The recipient, when null is returned.</param>
    public static StockReply? Parse(
        ReadOnlySpan<byte> arguments,
        SmtpTestServerOptions options,
        bool allowUtf8,
        out EnvelopeRecipient? recipient)
    {
        recipient = null;
        if (!PathArgument.TryParse(arguments, "TO:"u8, out var path))
        {
            return StockReply.BadRecipientSyntax;
        }

        if (!TryReadAddress(path, options.HostName, out var address))
        {
            return StockReply.BadRecipient;
        }

        if (!allowUtf8 && !path.IsAscii)
        {
            return StockReply.NeedsUtf8;
        }

        recipient = new EnvelopeRecipient(address!);
        return path.Parameters is var parameters && options.Offers(SmtpServerExtensions.Dsn)
            ? ReadParameters(parameters, ref recipient)
            : RefuseParameters(parameters);
    }

    private static bool TryReadAddress(PathArgument path, string hostName, out EmailAddress? address) =>
        Ascii.EqualsIgnoreCase(path.Path, "postmaster"u8)
            ? EmailAddress.TryParse($"{Encoding.ASCII.GetString(path.Path)}@{hostName}", out address, out _)
            : path.TryReadAddress(out address);

    private static StockReply? RefuseParameters(EsmtpParameters parameters) =>
        !parameters.Next(out var isWellFormed) ? null
        : isWellFormed ? StockReply.UnknownParameter : StockReply.BadParameter;

    private static StockReply? ReadParameters(EsmtpParameters parameters, ref EnvelopeRecipient recipient)
    {
        var hasOriginal = false;
        while (parameters.Next(out var isWellFormed))
        {
            var isNotify = parameters.Is("NOTIFY"u8);
            var isOriginal = parameters.Is("ORCPT"u8);
            if (isWellFormed && !isNotify && !isOriginal)
            {
                return StockReply.UnknownParameter;
            }

            if (!isWellFormed ||
                (isNotify && !TryReadNotify(parameters.Value, ref recipient)) ||
                (isOriginal && (hasOriginal || !TryReadOriginal(parameters.Value, ref recipient))))
            {
                return StockReply.BadParameter;
            }

            hasOriginal |= isOriginal;
        }

        return null;
    }

    private static bool TryReadNotify(ReadOnlySpan<byte> value, ref EnvelopeRecipient recipient)
    {
        var notify = DsnNotify.Unspecified;
        foreach (var word in Encoding.UTF8.GetString(value).ToUpperInvariant().Split(','))
        {
            var flag = word switch
            {
                "NEVER" => DsnNotify.Never,
                "SUCCESS" => DsnNotify.Success,
                "FAILURE" => DsnNotify.Failure,
                "DELAY" => DsnNotify.Delay,
                _ => DsnNotify.Unspecified,
            };
            if (flag == DsnNotify.Unspecified || (notify & flag) != 0)
            {
                return false;
            }

            notify |= flag;
        }

        var isFirst = recipient.Notify == DsnNotify.Unspecified;
        recipient = recipient with { Notify = notify };
        return isFirst && (notify == DsnNotify.Never || (notify & DsnNotify.Never) == 0);
    }

    /// <summary>An address of another type is accepted and not kept: it is no e-mail address.</summary>
    private static bool TryReadOriginal(ReadOnlySpan<byte> value, ref EnvelopeRecipient recipient)
    {
        var semicolon = value.IndexOf((byte)';');
        var text = "";
        var isUtf8 = semicolon > 0 && Ascii.EqualsIgnoreCase(value[..semicolon], "utf-8"u8);
        var isReadable = semicolon > 0 && (isUtf8
            ? XTextDecoder.TryDecodeUtf8Address(value[(semicolon + 1)..], out text)
            : XTextDecoder.TryDecode(value[(semicolon + 1)..], out text));
        if (!isReadable || text.Length == 0)
        {
            return false;
        }

        var isAddress = isUtf8 || Ascii.EqualsIgnoreCase(value[..semicolon], "rfc822"u8);
        if (isAddress && EmailAddress.TryParse(text, out var address, out _))
        {
            recipient = recipient with { OriginalRecipient = address };
        }

        return true;
    }
}
