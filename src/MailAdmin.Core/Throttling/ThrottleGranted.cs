namespace MailAdmin.Throttling;

/// <summary>The message may go out.</summary>
/// <param name="Permit">To be settled when the attempt has ended.</param>
/// <param name="IsForced">
/// True when a window is full and the message goes all the same, as it was deferred often enough: the attempt is to be
/// marked so.
/// </param>
public sealed record ThrottleGranted(ThrottlePermit Permit, bool IsForced) : ThrottleDecision;
