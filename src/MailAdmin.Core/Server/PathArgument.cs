using System.Text;
using MailAdmin.Addressing;

namespace MailAdmin.Server;

/// <summary>
/// The path of MAIL and RCPT and what follows it (RFC 5321 §4.1.2):
/// <code>
/// "FROM:" / "TO:"  "&lt;" [ source-route ":" ] mailbox "&gt;"  *( SP parameter )
/// </code>
/// No space may stand before the path, as RFC 5321 §3.3 says expressly. A source route is skipped (its appendix C).
/// </summary>
internal readonly ref struct PathArgument
{
    private PathArgument(ReadOnlySpan<byte> path, EsmtpParameters parameters)
    {
        Path = path;
        Parameters = parameters;
    }

    /// <summary>What stands between the angle brackets, without a source route.</summary>
    public ReadOnlySpan<byte> Path { get; }

    public EsmtpParameters Parameters { get; }

    public bool IsAscii => Ascii.IsValid(Path);

    /// <summary>Takes an argument apart.</summary>
    /// <param name="arguments">What follows the verb.</param>
    /// <param name="keyword"><c>FROM:</c> or <c>TO:</c>.</param>
    /// <param name="result">The parts.</param>
    public static bool TryParse(ReadOnlySpan<byte> arguments, ReadOnlySpan<byte> keyword, out PathArgument result)
    {
        result = default;
        if (arguments.Length <= keyword.Length ||
            !Ascii.EqualsIgnoreCase(arguments[..keyword.Length], keyword) ||
            arguments[keyword.Length] != (byte)'<')
        {
            return false;
        }

        var rest = arguments[(keyword.Length + 1)..];
        var end = FindEnd(rest);
        if (end < 0 || (end + 1 < rest.Length && rest[end + 1] != (byte)' '))
        {
            return false;
        }

        result = new(WithoutRoute(rest[..end]), new EsmtpParameters(rest[(end + 1)..]));
        return true;
    }

    public bool TryReadAddress(out EmailAddress? address) =>
        EmailAddress.TryParse(Encoding.UTF8.GetString(Path), out address, out _);

    private static int FindEnd(ReadOnlySpan<byte> text)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case (byte)'\\' when quoted:
                    i++;
                    break;
                case (byte)'"':
                    quoted = !quoted;
                    break;
                case (byte)'>' when !quoted:
                    return i;
            }
        }

        return -1;
    }

    private static ReadOnlySpan<byte> WithoutRoute(ReadOnlySpan<byte> path)
    {
        var colon = path is [(byte)'@', ..] ? path.IndexOf((byte)':') : -1;
        return path[(colon + 1)..];
    }
}
