using System.Globalization;

namespace MailAdmin.Transports.Methods;

/// <summary>So much within a time.</summary>
/// <param name="Count">How many are allowed.</param>
/// <param name="Unit">Of what.</param>
/// <param name="WindowSeconds">The time in seconds.</param>
public sealed record SendLimit(int Count, LimitUnit Unit, int WindowSeconds)
{
    private const int Minute = 60;
    private const int Hour = 3600;
    private const int Day = 86_400;

    /// <summary>Such as <c>30 messages per minute</c>.</summary>
    public override string ToString()
    {
        var time = WindowSeconds switch
        {
            Minute => "minute",
            Hour => "hour",
            Day => "day",
            _ => string.Create(CultureInfo.InvariantCulture, $"{WindowSeconds} seconds"),
        };
        var unit = Unit == LimitUnit.Messages ? "messages" : "recipients";
        return string.Create(CultureInfo.InvariantCulture, $"{Count:N0} {unit} per {time}");
    }
}
