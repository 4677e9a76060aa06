using System.Text;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>Makes one line that is safe to show out of what somebody else wrote.</summary>
internal static class PlainText
{
    public const int MaxShown = 2000;

    /// <summary>White space and control characters become single spaces.</summary>
    public static string OneLine(ReadOnlySpan<char> text, int maxLength = int.MaxValue)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxLength));
        var pending = false;
        foreach (var c in text)
        {
            // U+2028, U+2029 and the marks that reverse the direction of writing could disguise what is shown.
            if (char.IsWhiteSpace(c) || char.IsControl(c) ||
                c is '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'))
            {
                pending = line.Length > 0;
                continue;
            }

            if (line.Length + 1 >= maxLength)
            {
                break;
            }

            if (pending)
            {
                line.Append(' ');
                pending = false;
            }

            line.Append(c);
        }

        return line.ToString();
    }
}
