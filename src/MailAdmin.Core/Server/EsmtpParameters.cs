using System.Text;

namespace MailAdmin.Server;

/// <summary>
/// The parameters of MAIL and RCPT, one after the other (RFC 5321 §4.1.2):
/// <code>
/// parameter = keyword [ "=" value ]     keyword: letters, digits, "-"     value: no SP, "=" or control character
/// </code>
/// </summary>
internal ref struct EsmtpParameters(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text;

    public ReadOnlySpan<byte> Keyword { get; private set; }

    public ReadOnlySpan<byte> Value { get; private set; }

    public bool HasValue { get; private set; }

    /// <summary>Goes to the next parameter; false when there is none left.</summary>
    /// <param name="isWellFormed">False when its form is wrong.</param>
    public bool Next(out bool isWellFormed)
    {
        isWellFormed = true;
        if (_rest.IsEmpty)
        {
            return false;
        }

        var text = _rest[1..];
        var end = text.IndexOf((byte)' ');
        var parameter = end < 0 ? text : text[..end];
        _rest = end < 0 ? default : text[end..];

        var equals = parameter.IndexOf((byte)'=');
        HasValue = equals >= 0;
        Keyword = HasValue ? parameter[..equals] : parameter;
        Value = HasValue ? parameter[(equals + 1)..] : default;
        isWellFormed = IsKeyword(Keyword) && (!HasValue || (!Value.IsEmpty && !Value.Contains((byte)'=')));
        return true;
    }

    public readonly bool Is(ReadOnlySpan<byte> keyword) => Ascii.EqualsIgnoreCase(Keyword, keyword);

    public readonly bool ValueIs(ReadOnlySpan<byte> value) => Ascii.EqualsIgnoreCase(Value, value);

    private static bool IsKeyword(ReadOnlySpan<byte> text)
    {
        foreach (var octet in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)octet) && octet != (byte)'-')
            {
                return false;
            }
        }

        return !text.IsEmpty && text[0] != (byte)'-';
    }
}
