using System.Globalization;
using MailAdmin.DomainChecks;

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
    public override string ToString() => MethodPhrases.English.Text(Phrase);

    /// <summary>The same for all languages.</summary>
    internal Phrase Phrase => new Phrase("LimitOfRate", CountPhrase, WindowPhrase);

    private Phrase CountPhrase
    {
        get
        {
            var count = Count.ToString("N0", CultureInfo.InvariantCulture);
            return Unit == LimitUnit.Messages
                ? new Phrase("CountOfMessages", count)
                : new Phrase("CountOfRecipients", count);
        }
    }

    private Phrase WindowPhrase => WindowSeconds switch
    {
        Minute => new Phrase("WindowOfMinute"),
        Hour => new Phrase("WindowOfHour"),
        Day => new Phrase("WindowOfDay"),
        _ => new Phrase("WindowOfSeconds", WindowSeconds),
    };
}
