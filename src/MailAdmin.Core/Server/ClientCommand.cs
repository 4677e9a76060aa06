using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Server;

/// <summary>
/// A command line taken apart (RFC 5321 §4.1): <c>verb [SP arguments]</c>. White space at its end is tolerated.
/// </summary>
internal readonly ref struct ClientCommand
{
    private ClientCommand(SmtpVerb verb, ReadOnlySpan<byte> arguments, bool isReadable)
    {
        Verb = verb;
        Arguments = arguments;
        IsReadable = isReadable;
    }

    public SmtpVerb Verb { get; }

    public ReadOnlySpan<byte> Arguments { get; }

    /// <summary>False when the line has a control character or is no UTF-8.</summary>
    public bool IsReadable { get; }

    public static ClientCommand Parse(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t"u8);
        var space = line.IndexOf((byte)' ');
        var verb = space < 0 ? line : line[..space];
        var arguments = space < 0 ? default : line[(space + 1)..];
        var isReadable =
            !line.ContainsAnyInRange((byte)0, (byte)0x1F) && !line.Contains((byte)0x7F) && Utf8.IsValid(line);
        return new(Recognize(verb), arguments, isReadable);
    }

    private static SmtpVerb Recognize(ReadOnlySpan<byte> verb)
    {
        if (verb.Length is not (4 or 8))
        {
            return SmtpVerb.Unknown;
        }

        Span<byte> upper = stackalloc byte[8];
        if (Ascii.ToUpper(verb, upper, out var length) != System.Buffers.OperationStatus.Done)
        {
            return SmtpVerb.Unknown;
        }

        upper = upper[..length];
        return upper.SequenceEqual("MAIL"u8) ? SmtpVerb.Mail
            : upper.SequenceEqual("RCPT"u8) ? SmtpVerb.Rcpt
            : upper.SequenceEqual("DATA"u8) ? SmtpVerb.Data
            : upper.SequenceEqual("BDAT"u8) ? SmtpVerb.Bdat
            : upper.SequenceEqual("EHLO"u8) ? SmtpVerb.Ehlo
            : upper.SequenceEqual("HELO"u8) ? SmtpVerb.Helo
            : upper.SequenceEqual("STARTTLS"u8) ? SmtpVerb.StartTls
            : upper.SequenceEqual("AUTH"u8) ? SmtpVerb.Auth
            : upper.SequenceEqual("RSET"u8) ? SmtpVerb.Rset
            : upper.SequenceEqual("NOOP"u8) ? SmtpVerb.Noop
            : upper.SequenceEqual("VRFY"u8) ? SmtpVerb.Vrfy
            : upper.SequenceEqual("EXPN"u8) ? SmtpVerb.Expn
            : upper.SequenceEqual("HELP"u8) ? SmtpVerb.Help
            : upper.SequenceEqual("QUIT"u8) ? SmtpVerb.Quit
            : SmtpVerb.Unknown;
    }
}
