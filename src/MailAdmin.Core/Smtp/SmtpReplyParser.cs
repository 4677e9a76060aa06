using System.Text;

namespace MailAdmin.Smtp;

/// <summary>
/// Puts replies together from their lines (RFC 5321 §4.2.1); does no I/O.
/// <code>
/// reply = *( code "-" [ text ] CRLF ) code [ SP text ] CRLF
/// </code>
/// Lines of one reply must agree in the first digit; where they differ behind it the last one counts, as senders in the
/// field do. What cannot be read as a reply is an error: to skip it would put all later replies beside the wrong
/// commands.
/// </summary>
public sealed class SmtpReplyParser
{
    /// <summary>
    /// The longest line that is read, without its end. RFC 5321 §4.5.3.1.5 has 512, servers have more.
    /// </summary>
    public const int MaxLineLength = 4096;

    private const int MaxLines = 512;
    private const int MaxMemoLength = 64;
    private const int MemoSize = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(
        encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    // Nearly all replies of a session are the same few lines, said again for each message.
    private readonly (byte[] Line, SmtpReply Reply)[] _memo = new (byte[], SmtpReply)[MemoSize];
    private readonly List<string> _lines = [];
    private int _memoNext;
    private int _code;
    private EnhancedStatusCode? _enhanced;

    /// <summary>True when the last line announced another one.</summary>
    public bool IsInsideReply => _lines.Count > 0;

    /// <summary>Takes the next line.</summary>
    /// <param name="line">The line without CRLF.</param>
    /// <param name="stage">What the reply is for; errors name it.</param>
    /// <returns>The reply when this was its last line, else null.</returns>
    /// <exception cref="SmtpProtocolException">The line is no part of a reply.</exception>
    public SmtpReply? Add(ReadOnlySpan<byte> line, SmtpStage stage)
    {
        if (!IsInsideReply && TryRecall(line) is { } known)
        {
            return known;
        }

        var code = ReadCode(line);
        var separator = line.Length > 3 ? line[3] : (byte)' ';
        if (code < 0 || separator is not ((byte)' ' or (byte)'-'))
        {
            throw Broken(line, stage, IsInsideReply);
        }

        if (IsInsideReply && code / 100 != _code / 100)
        {
            var first = _code;
            Reset();
            throw SmtpProtocolException.MixedCodes(first, code, stage);
        }

        if (line.Length > MaxLineLength || _lines.Count == MaxLines)
        {
            Reset();
            throw SmtpProtocolException.TooLong(stage);
        }

        var text = line.Length > 4 ? Decode(line[4..]) : "";
        _code = code;
        if (_enhanced is null && EnhancedStatusCode.TryReadPrefix(text, out var enhanced))
        {
            _enhanced = enhanced;
        }

        _lines.Add(text);
        return separator == (byte)'-' ? null : Complete(line);
    }

    /// <summary>Forgets lines of a reply that was not completed.</summary>
    public void Reset()
    {
        _lines.Clear();
        _enhanced = null;
    }

    private SmtpReply Complete(ReadOnlySpan<byte> lastLine)
    {
        var reply = new SmtpReply(_code, _enhanced, _lines.ToArray());
        if (_lines.Count == 1 && lastLine.Length <= MaxMemoLength)
        {
            _memo[_memoNext] = (lastLine.ToArray(), reply);
            _memoNext = (_memoNext + 1) % MemoSize;
        }

        Reset();
        return reply;
    }

    private SmtpReply? TryRecall(ReadOnlySpan<byte> line)
    {
        foreach (var (known, reply) in _memo)
        {
            if (known is not null && line.SequenceEqual(known))
            {
                return reply;
            }
        }

        return null;
    }

    private static int ReadCode(ReadOnlySpan<byte> line)
    {
        if (line.Length < 3 ||
            line[0] is not (>= (byte)'2' and <= (byte)'5') ||
            !char.IsAsciiDigit((char)line[1]) ||
            !char.IsAsciiDigit((char)line[2]))
        {
            return -1;
        }

        return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        string decoded;
        try
        {
            decoded = StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException)
        {
            // Servers answer in whatever their administrator's language is; the octets should stay visible.
            decoded = Encoding.Latin1.GetString(text);
        }

        return decoded.Any(char.IsControl)
            ? string.Concat(decoded.Select(c => c == '\t' ? ' ' : char.IsControl(c) ? '\uFFFD' : c)).TrimEnd()
            : decoded.TrimEnd();
    }

    private SmtpProtocolException Broken(ReadOnlySpan<byte> line, SmtpStage stage, bool inside)
    {
        Reset();
        var shown = Decode(line.Length > 80 ? line[..80] : line);
        return SmtpProtocolException.NotAReply(shown, stage, inside);
    }
}
