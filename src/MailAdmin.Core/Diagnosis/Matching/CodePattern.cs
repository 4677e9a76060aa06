using System.Globalization;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>One reply code, or a class of them: <c>550</c>, <c>5xx</c>.</summary>
internal readonly record struct CodePattern(int First, int Last)
{
    private const int ExactWeight = 30;
    private const int ClassWeight = 3;

    public int Weight => First == Last ? ExactWeight : ClassWeight;

    public static bool TryParse(string text, out CodePattern pattern)
    {
        pattern = default;
        if (text is [>= '2' and <= '5', 'x', 'x'])
        {
            var first = (text[0] - '0') * 100;
            pattern = new CodePattern(first, first + 99);
            return true;
        }

        if (text.Length != 3 || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var code) ||
            code is < 200 or > 599)
        {
            return false;
        }

        pattern = new CodePattern(code, code);
        return true;
    }

    public bool Fits(int code) => code >= First && code <= Last;
}
