namespace MailAdmin.Diagnosis.Matching;

/// <summary>A piece of text, or several of which one is enough.</summary>
internal sealed record TextPattern(IReadOnlyList<string> Alternatives)
{
    private const int Shortest = 2;
    private const int Longest = 200;

    public static bool TryParse(string text, out TextPattern pattern)
    {
        pattern = new TextPattern(text.Split('|'));
        return pattern.Alternatives.All(a => a.Length is >= Shortest and <= Longest);
    }

    /// <summary>The length of the longest alternative that occurs, or 0.</summary>
    public int Find(string text)
    {
        var longest = 0;
        foreach (var alternative in Alternatives)
        {
            if (alternative.Length > longest && text.Contains(alternative, StringComparison.OrdinalIgnoreCase))
            {
                longest = alternative.Length;
            }
        }

        return longest;
    }
}
