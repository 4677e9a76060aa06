namespace MailAdmin.Identity;

/// <summary>What to tell somebody who is to sign in with a code.</summary>
/// <param name="Address">Where to enter it.</param>
/// <param name="UserCode">The code to enter. It is of use to nobody else.</param>
/// <param name="ExpiresAt">Until when.</param>
public sealed record DeviceCodePrompt(Uri Address, string UserCode, DateTimeOffset ExpiresAt);
