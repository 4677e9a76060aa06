namespace MailAdmin.Storage;

/// <summary>A window as a store finds it: the use within it, and when that leaves it.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="Used">The use within the window up to now, attempts that are under way included.</param>
/// <param name="FreeAt">
/// Tells when so much of the use will have left the window, by the store's clock. What is under way stays for at least
/// the window's length from now.
/// </param>
public sealed record ThrottleWindow(ThrottleRule Rule, long Used, Func<long, DateTimeOffset> FreeAt)
{
    /// <summary>True when there is room for so much more.</summary>
    public bool Fits(int amount) => Used + amount <= Rule.Limit.Count;

    /// <summary>
    /// When there will be room for so much more; a window's length from now for what is more than the limit.
    /// </summary>
    public DateTimeOffset FitsAt(int amount, DateTimeOffset now) =>
        amount > Rule.Limit.Count ? now + Rule.Window : FreeAt(Used + amount - Rule.Limit.Count);
}
