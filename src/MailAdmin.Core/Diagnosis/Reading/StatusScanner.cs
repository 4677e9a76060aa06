using System.Globalization;
using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Finds reply codes (RFC 5321 §4.2) and codes of RFC 3463 in any text, telling them from addresses, versions, ports
/// and times. Pairs come first (<c>550 5.7.60</c>, <c>550-5.7.26</c>, <c>(550, b'5.7.64</c>), then single ones.
/// </summary>
internal static class StatusScanner
{
    private const int MaxPairs = 8;
    private const int MaxBetween = 5;
    private const int MaxSubject = 7;

    // What stands before a reply code in exceptions, reports and logs; at the start of the text nothing is needed.
    private static readonly string[] LeadIns =
    [
        "said:", "returned", "smtp;", "smtp:", "response:", "response was:", "error", "error:", "code", "code:",
        "status",
        "reply:", "reply", "(", "'", "\"", "failed:", "refused:", ">:", "answer:",
    ];

    public static IReadOnlyList<StatusPair> Find(string text)
    {
        var pairs = new List<StatusPair>();
        var enhanced = new List<StatusPair>();
        var strong = new List<StatusPair>();
        var weak = new List<StatusPair>();
        for (var i = 0; i < text.Length && pairs.Count < MaxPairs; i++)
        {
            if (text[i] is < '2' or > '5' || !BeginsHere(text, i))
            {
                continue;
            }

            if (TryReadEnhanced(text, i, out var code, out var length))
            {
                var before = CodeBefore(text, i);
                (before is null ? enhanced : pairs).Add(new StatusPair(before, code));
                i += length - 1;
            }
            else if (IsReplyCode(text, i) && !IsFollowedByEnhanced(text, i + 3))
            {
                var list = IsLed(text, i) ? strong : IsFollowedByWord(text, i + 3) && text[i + 1] <= '5' ? weak : null;
                list?.Add(new StatusPair(Number(text, i), null));
                i += 2;
            }
        }

        var found = pairs.Concat(Join(strong, enhanced)).Concat(enhanced).Concat(strong).ToList();
        return [.. (found.Count > 0 ? found : weak).Where(p => p.IsFailure).Distinct().Take(MaxPairs)];
    }

    /// <summary>
    /// The code with which a line of a reply begins, such as <c>550-</c>; null when it begins otherwise.
    /// </summary>
    public static int? LineCode(ReadOnlySpan<char> line, out bool continues)
    {
        continues = line.Length > 3 && line[3] == '-';
        return line.Length >= 3 && line[0] is >= '2' and <= '5' && line[1] is >= '0' and <= '7' && char.IsAsciiDigit(
            line[2])
            && (line.Length == 3 || line[3] is ' ' or '-' or '\t' or ';' or ':')
            ? int.Parse(line[..3], NumberStyles.None, CultureInfo.InvariantCulture)
            : null;
    }

    // A server that says both but apart, as in "Status: 5.1.1 … said: 550 no such user".
    private static IEnumerable<StatusPair> Join(List<StatusPair> codes, List<StatusPair> enhanced) =>
        codes.Count == 1 && enhanced.Count == 1 && codes[0].Code / 100 == enhanced[0].Enhanced!.Value.Class
            ? [new StatusPair(codes[0].Code, enhanced[0].Enhanced)]
            : [];

    private static bool BeginsHere(string text, int i) =>
        i == 0 || !(char.IsLetterOrDigit(text[i - 1]) || text[i - 1] is '.' or '/' or '_' or '@' or '$');

    private static bool TryReadEnhanced(string text, int i, out EnhancedStatusCode code, out int length)
    {
        var end = i;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || text[end] == '.') && end - i < 12)
        {
            end++;
        }

        // A full stop may end a sentence.
        length = text.AsSpan(i, end - i).TrimEnd('.').Length;
        var isRead = EnhancedStatusCode.TryReadPrefix(text.AsSpan(i, length), out code) && code.Subject <= MaxSubject;
        return isRead && (end >= text.Length || !char.IsLetterOrDigit(text[end]));
    }

    private static bool IsReplyCode(string text, int i) =>
        i + 3 <= text.Length && text[i + 1] is >= '0' and <= '7' && char.IsAsciiDigit(text[i + 2])
        && (i + 3 == text.Length || text[i + 3] is ' ' or '-' or ',' or ';' or ')' or '\'' or '"' or ':' or '\t' or '.')
        && !(i + 4 < text.Length && text[i + 3] is '.' or ',' or ':' or '-' && char.IsAsciiDigit(text[i + 4])
            && !IsFollowedByEnhanced(text, i + 3))
        && !(i > 0 && text[i - 1] is ':' or ',' or '-' && i > 1 && char.IsAsciiDigit(text[i - 2]));

    private static int Number(string text, int i) =>
        ((text[i] - '0') * 100) + ((text[i + 1] - '0') * 10) + (text[i + 2] - '0');

    private static bool IsFollowedByEnhanced(string text, int i)
    {
        var start = i;
        while (start < text.Length && start - i < MaxBetween && IsBetween(text[start]))
        {
            start++;
        }

        return start > i && start < text.Length && TryReadEnhanced(text, start, out _, out _);
    }

    private static int? CodeBefore(string text, int i)
    {
        var end = i;
        while (end > 0 && i - end < MaxBetween && IsBetween(text[end - 1]))
        {
            end--;
        }

        var start = end - 3;
        return end < i && start >= 0 && text[start] is >= '2' and <= '5' && BeginsHere(text, start)
            && char.IsAsciiDigit(text[start + 1]) && char.IsAsciiDigit(text[start + 2])
            ? Number(text, start)
            : null;
    }

    private static bool IsBetween(char c) =>
        c is ' ' or '-' or ',' or ';' or ':' or '\'' or '"' or '#' or '(' or 'b' or '\t';

    private static bool IsLed(string text, int i)
    {
        var before = text.AsSpan(0, i).TrimEnd(" \t#[");
        if (before.IsEmpty)
        {
            return true;
        }

        foreach (var lead in LeadIns)
        {
            if (before.EndsWith(lead, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsFollowedByWord(string text, int i) =>
        i + 1 < text.Length && text[i] is ' ' or '-' && (char.IsLetter(text[i + 1]) || text[i + 1] == '<');
}
