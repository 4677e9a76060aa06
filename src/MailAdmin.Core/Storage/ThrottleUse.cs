namespace MailAdmin.Storage;

/// <summary>The use of a limit's window now.</summary>
/// <param name="Rule">The limit.</param>
/// <param name="Used">The use within the window up to now, attempts that are under way included.</param>
/// <param name="UnderWay">The part of it that is under way.</param>
/// <param name="NextPlaceIn">When one more fits; zero when it fits now.</param>
public sealed record ThrottleUse(ThrottleRule Rule, long Used, long UnderWay, TimeSpan NextPlaceIn);
