using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>
/// A status code of RFC 3463: <c>class "." subject "." detail</c>, such as <c>5.7.1</c>.
/// </summary>
/// <param name="Class">2 success, 4 persistent transient failure, 5 permanent failure.</param>
/// <param name="Subject">
/// What it is about: 1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.
/// </param>
/// <param name="Detail">0–999, within the subject.</param>
public readonly record struct EnhancedStatusCode(int Class, int Subject, int Detail)
{
    private const int MaxNumber = 999;

    /// <summary>
    /// Reads a code that stands at the start of <paramref name="text"/> and ends at a space or at its end.
    /// </summary>
    /// <param name="text">The text of a reply, behind its three digits.</param>
    /// <param name="code">The code, when there is one.</param>
    /// <returns>False when the text begins with something else.</returns>
    public static bool TryReadPrefix(ReadOnlySpan<char> text, out EnhancedStatusCode code)
    {
        code = default;
        if (text.Length < 5 || text[0] is not ('2' or '4' or '5') || text[1] != '.')
        {
            return false;
        }

        var rest = text[2..];
        if (!TryReadNumber(ref rest, out var subject) || rest is not ['.', ..])
        {
            return false;
        }

        rest = rest[1..];
        if (!TryReadNumber(ref rest, out var detail) || rest is not ([] or [' ', ..]))
        {
            return false;
        }

        code = new EnhancedStatusCode(text[0] - '0', subject, detail);
        return true;
    }

    /// <summary>The three numbers with dots between them.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static bool TryReadNumber(ref ReadOnlySpan<char> text, out int number)
    {
        number = 0;
        var digits = 0;
        while (digits < text.Length && char.IsAsciiDigit(text[digits]) && number <= MaxNumber)
        {
            number = (number * 10) + (text[digits++] - '0');
        }

        text = text[digits..];
        return digits > 0 && number <= MaxNumber;
    }
}
