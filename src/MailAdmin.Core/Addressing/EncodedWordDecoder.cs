using System.Buffers;
using System.Text;

namespace MailAdmin.Addressing;

/// <summary>
/// Decodes encoded words (RFC 2047, with the language of RFC 2231 §5) wherever they stand in a text:
/// <c>"=?" charset ["*" language] "?" ("B" / "Q") "?" encoded-text "?="</c>. White space between two of them is
/// dropped. Forms that mail programs get wrong are read all the same: missing padding, spaces inside, words that touch
/// each other or other text, characters split over two words. What cannot be decoded stays as it is. It lives here, not
/// with the other MIME code, because display names need it and MIME builds on addresses.
/// </summary>
internal static class EncodedWordDecoder
{
    private const int MaxCharsetLength = 64;

    /// <summary>
    /// Decodes an unfolded text, in time proportional to its length. A line break or NUL that was hidden in an encoded
    /// word becomes U+FFFD, so that a decoded text can never begin a header line of its own.
    /// </summary>
    public static string Decode(string text)
    {
        var start = text.IndexOf("=?", StringComparison.Ordinal);
        if (start < 0)
        {
            return text;
        }

        var output = new DecodedText(text.Length);
        var rest = 0;
        var end = 0;
        while (start >= 0)
        {
            if (TryRead(text, start, ref end, out var word))
            {
                output.AppendWord(text.AsSpan(rest, start - rest), word);
                rest = word.End;
            }

            start = text.IndexOf("=?", Math.Max(rest, start + 1), StringComparison.Ordinal);
        }

        output.AppendText(text.AsSpan(rest));
        return output.ToString();
    }

    /// <param name="text">The whole text.</param>
    /// <param name="start">Where <c>=?</c> stands.</param>
    /// <param name="end">The last <c>?=</c> that was looked up, or -1 when there is none any more; kept so that no
    /// stretch is searched twice.</param>
    /// <param name="word">What was read.</param>
    private static bool TryRead(string text, int start, ref int end, out EncodedWord word)
    {
        word = default;
        var charsetStart = start + 2;
        var head = text.AsSpan(charsetStart, Math.Min(MaxCharsetLength, text.Length - charsetStart));
        var charsetLength = head.IndexOf('?');
        if (charsetLength <= 0 || head.Length < charsetLength + 3 || head[charsetLength + 2] != '?' ||
            head[charsetLength + 1] is not ('b' or 'B' or 'q' or 'Q'))
        {
            return false;
        }

        var payload = charsetStart + charsetLength + 3;
        if (end >= 0 && end < payload)
        {
            end = text.IndexOf("?=", payload, StringComparison.Ordinal);
        }

        if (end < 0)
        {
            return false;
        }

        // Another beginning before the end means that this one has no end of its own.
        if (text.AsSpan(payload, end - payload).Contains("=?", StringComparison.Ordinal) ||
            Charsets.Find(WithoutLanguage(head[..charsetLength])) is not { } charset)
        {
            return false;
        }

        word = new EncodedWord(
            charset, head[charsetLength + 1] is 'b' or 'B', text.AsMemory(payload, end - payload), end + 2);
        return true;
    }

    private static ReadOnlySpan<char> WithoutLanguage(ReadOnlySpan<char> charset)
    {
        var star = charset.IndexOf('*');
        return star < 0 ? charset : charset[..star];
    }
}
