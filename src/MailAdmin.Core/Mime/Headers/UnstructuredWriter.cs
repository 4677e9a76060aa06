using System.Text;

namespace MailAdmin.Mime.Headers;

/// <summary>
/// Unstructured field bodies such as Subject (RFC 5322 §2.2.1). Words that ASCII can carry stay as they are; everything
/// from the first to the last word that needs it becomes encoded words.
/// </summary>
internal static class UnstructuredWriter
{
    /// <summary>The longest word that is left as it is in a field where only people read.</summary>
    public const int MaxWordForPeople = 76;

    /// <summary>
    /// The longest word that is left as it is in a field that programs read, such as a list of ids or addresses.
    /// </summary>
    public const int MaxWordForPrograms = 900;

    public static void Write(scoped ref HeaderWriter writer, ReadOnlySpan<char> value, int maxWord)
    {
        if (value.IsEmpty)
        {
            return;
        }

        // The first word stays on the name's line, so where people read it must fit there.
        var room = HeaderWriter.MaxLine - writer.Column - 1;
        var firstWord = maxWord <= MaxWordForPeople ? Math.Min(maxWord, room) : maxWord;
        FindEncodedRun(value, maxWord, firstWord, writer.Utf8, out var start, out var end);
        ReadOnlySpan<char> pending = " ";
        if (start > 0)
        {
            pending = WriteWords(ref writer, pending, value[..start]);
        }

        if (start < end)
        {
            EncodedWordWriter.Write(ref writer, pending, value[start..end]);
            pending = default;
        }

        if (end < value.Length)
        {
            WriteWords(ref writer, pending, value[end..]);
        }
    }

    /// <summary>Where encoded words begin and end; both are the end of the value when none are needed.</summary>
    private static void FindEncodedRun(
        ReadOnlySpan<char> value, int maxWord, int firstWord, bool utf8, out int start, out int end)
    {
        start = value.Length;
        end = value.Length;
        if (!utf8 && value.Length <= firstWord && IsPlain(value))
        {
            return;
        }

        var last = 0;
        var previousWord = 0;
        for (var i = 0; i < value.Length;)
        {
            var wordStart = i + WhiteLength(value[i..]);
            var wordEnd = wordStart + WordLength(value[wordStart..]);
            var lostWhite = IsLostWhite(i, wordStart, wordEnd);
            if (lostWhite || NeedsEncoding(value[wordStart..wordEnd], i == 0 ? firstWord : maxWord, utf8))
            {
                start = Math.Min(start, lostWhite ? previousWord : wordStart);
                last = wordEnd;
            }

            previousWord = wordStart;
            i = wordEnd;
        }

        end = last > 0 ? last : value.Length;
    }

    private static bool IsPlain(ReadOnlySpan<char> value) =>
        !value.ContainsAnyExcept(HeaderChars.PrintableOrTab) &&
        value[0] is not (' ' or '\t') && value[^1] is not (' ' or '\t') &&
        !HeaderChars.LooksEncoded(value);

    /// <summary>
    /// White space at the ends, or too long for a line, does not survive unless the word before it is encoded too.
    /// </summary>
    private static bool IsLostWhite(int whiteStart, int wordStart, int wordEnd) =>
        wordStart > whiteStart &&
        (whiteStart == 0 || wordStart == wordEnd || wordStart - whiteStart > MaxWordForPeople);

    private static bool NeedsEncoding(ReadOnlySpan<char> word, int maxWord, bool utf8)
    {
        if (HeaderChars.LooksEncoded(word))
        {
            return true;
        }

        if (!word.ContainsAnyExcept(HeaderChars.Printable))
        {
            return word.Length > maxWord;
        }

        return !utf8 || Encoding.UTF8.GetByteCount(word) > maxWord ||
            word.ContainsAnyInRange('\0', '\x1F') || word.Contains('\x7F');
    }

    private static ReadOnlySpan<char> WriteWords(
        scoped ref HeaderWriter writer, ReadOnlySpan<char> firstWhite, ReadOnlySpan<char> text)
    {
        var white = firstWhite;
        while (true)
        {
            var length = WhiteLength(text);
            if (length > 0)
            {
                white = text[..length];
                text = text[length..];
            }

            if (text.IsEmpty)
            {
                return white;
            }

            length = WordLength(text);
            writer.Space(white, Encoding.UTF8.GetByteCount(text[..length]));
            writer.Buffer.Append(text[..length]);
            text = text[length..];
            white = default;
        }
    }

    private static int WhiteLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExcept(' ', '\t');
        return length < 0 ? text.Length : length;
    }

    private static int WordLength(ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAny(' ', '\t');
        return length < 0 ? text.Length : length;
    }
}
