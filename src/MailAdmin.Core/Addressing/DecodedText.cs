using System.Globalization;
using System.Text;

namespace MailAdmin.Addressing;

/// <summary>
/// Puts plain text and encoded words together. The octets of neighbouring words of one character set are decoded
/// together, since many senders split characters between words.
/// </summary>
internal sealed class DecodedText(int capacity)
{
    private readonly StringBuilder _text = new(capacity);
    private readonly List<byte> _octets = [];
    private Encoding? _charset;

    public void AppendWord(ReadOnlySpan<char> before, EncodedWord word)
    {
        var adjacent = _charset is not null && before.Trim(" \t").IsEmpty;
        if (!adjacent)
        {
            AppendText(before);
        }

        if (_charset is not null && !_charset.Equals(word.Charset))
        {
            Flush();
        }

        _charset = word.Charset;
        if (word.IsBase64)
        {
            AppendBase64(word.Payload.Span);
        }
        else
        {
            AppendQ(word.Payload.Span);
        }
    }

    public void AppendText(ReadOnlySpan<char> text)
    {
        Flush();
        _text.Append(text);
    }

    public override string ToString() => _text.ToString();

    private void Flush()
    {
        if (_charset is null)
        {
            return;
        }

        foreach (var c in _charset.GetString(_octets.ToArray()))
        {
            _text.Append(c is '\r' or '\n' or '\0' ? '\uFFFD' : c);
        }

        _octets.Clear();
        _charset = null;
    }

    private void AppendBase64(ReadOnlySpan<char> payload)
    {
        var bits = 0;
        var count = 0;
        foreach (var c in payload)
        {
            var value = Base64Value(c);
            if (value < 0)
            {
                continue;
            }

            bits = (bits << 6 | value) & 0xFFFFFF;
            count += 6;
            if (count >= 8)
            {
                count -= 8;
                _octets.Add((byte)(bits >> count));
            }
        }
    }

    private static int Base64Value(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' or '-' => 62,
        '/' or '_' => 63,
        _ => -1,
    };

    private void AppendQ(ReadOnlySpan<char> payload)
    {
        Span<byte> utf8 = stackalloc byte[4];
        for (var i = 0; i < payload.Length; i++)
        {
            var c = payload[i];
            if (c == '=' && i + 2 < payload.Length && byte.TryParse(
                payload.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                _octets.Add(octet);
                i += 2;
            }
            else if (c < 0x80)
            {
                _octets.Add(c == '_' ? (byte)' ' : (byte)c);
            }
            else
            {
                Rune.DecodeFromUtf16(payload[i..], out var rune, out var used);
                _octets.AddRange(utf8[..rune.EncodeToUtf8(utf8)]);
                i += used - 1;
            }
        }
    }
}
