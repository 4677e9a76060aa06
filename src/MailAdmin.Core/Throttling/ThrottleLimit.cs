using System.Globalization;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Throttling;

/// <summary>A limit and its use now.</summary>
/// <param name="Limit">The limit.</param>
/// <param name="IsExternal">True when only recipients outside the accepted domains count.</param>
/// <param name="Used">What is used up within its window, attempts that are under way included.</param>
/// <param name="UnderWay">The part of it that is under way.</param>
/// <param name="NextPlaceAt">When the next place comes free; null when one is free now.</param>
public sealed record ThrottleLimit(
    SendLimit Limit, bool IsExternal, long Used, long UnderWay, DateTimeOffset? NextPlaceAt)
{
    /// <summary>How much is left now.</summary>
    public long Free => Math.Max(0, Limit.Count - Used);

    /// <summary>Such as <c>12 of 30 messages per minute</c>.</summary>
    public override string ToString()
    {
        var limit = Limit.ToString();
        if (IsExternal)
        {
            limit = limit.Replace("recipients", "external recipients", StringComparison.Ordinal);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{Used:N0} of {limit}");
    }
}
