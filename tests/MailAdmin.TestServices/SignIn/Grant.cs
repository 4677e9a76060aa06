namespace MailAdmin.TestServices.SignIn;

/// <summary>What a code or a refresh token stands for.</summary>
/// <param name="ClientId">The application.</param>
/// <param name="User">Who signed in.</param>
/// <param name="Scope">What was agreed to.</param>
/// <param name="Challenge">The challenge that the next question must solve (RFC 7636); null for none.</param>
internal sealed record Grant(string ClientId, TestUser User, string Scope, string? Challenge = null);
