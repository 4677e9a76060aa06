namespace MailAdmin.Tests.Server.Personalities;

/// <summary>A clock that stands until it is set.</summary>
internal sealed class SettableTime(DateTimeOffset start) : TimeProvider
{
    public DateTimeOffset Now { get; set; } = start;

    public override DateTimeOffset GetUtcNow() => Now;
}
