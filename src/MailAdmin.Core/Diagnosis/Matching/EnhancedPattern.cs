using System.Globalization;
using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Matching;

/// <summary>
/// Some of the codes of RFC 3463:
/// <code>
/// pattern = class "." subject "." ( detail / detail "-" detail / "*" )   ; class and subject may be "*" too
/// </code>
/// </summary>
internal readonly record struct EnhancedPattern(int? Class, int? Subject, int First, int Last)
{
    private const int OwnWeight = 200;
    private const int OwnRangeWeight = 180;
    private const int ExactWeight = 80;
    private const int AnyClassWeight = 75;
    private const int RangeWeight = 60;
    private const int SubjectWeight = 20;
    private const int ClassWeight = 5;
    private const int Highest = 999;

    // Details up to here come from RFC 3463 and mean something different at each server; those behind it were given to
    // one purpose each, and say more than any common words beside them.
    private const int LastCommonDetail = 19;

    public bool IsExact => First == Last && Subject is not null;

    public int Weight => this switch
    {
        { Subject: null } => ClassWeight,
        { First: 0, Last: Highest } => SubjectWeight,
        { First: > LastCommonDetail } => IsExact ? OwnWeight : OwnRangeWeight,
        { IsExact: false } => RangeWeight,
        { Class: null } => AnyClassWeight,
        _ => ExactWeight,
    };

    public static bool TryParse(string text, out EnhancedPattern pattern)
    {
        pattern = default;
        var parts = text.Split('.');
        if (parts.Length != 3 || !TryReadNumber(parts[0], 5, out var cls) ||
            !TryReadNumber(parts[1], 7, out var subject))
        {
            return false;
        }

        var ends = parts[2].Split('-');
        if (ends.Length > 2 ||
            !TryReadNumber(ends[0], Highest, out var first) ||
            !TryReadNumber(ends[^1], Highest, out var last) ||
            (ends.Length == 2 && (first is null || last is null || first > last)))
        {
            return false;
        }

        pattern = new EnhancedPattern(cls, subject, first ?? 0, last ?? Highest);
        return true;
    }

    public bool Fits(EnhancedStatusCode code) =>
        (Class is null || Class == code.Class) && (Subject is null || Subject == code.Subject)
        && code.Detail >= First && code.Detail <= Last;

    /// <summary>A number, or null for a star.</summary>
    private static bool TryReadNumber(string text, int highest, out int? number)
    {
        number = null;
        if (text == "*")
        {
            return true;
        }

        var isRead = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value <= highest;
        number = value;
        return isRead;
    }
}
