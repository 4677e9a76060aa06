namespace MailAdmin.Identity.Secrets;

/// <summary>How messages name a secret. Holds nothing secret itself.</summary>
/// <param name="Name">What it is, as it stands within a sentence: <c>the password of profile Office</c>.</param>
/// <param name="Command">
/// The command that enters it again: <c>Set-EmailServerProfile Office -Credential (Get-Credential)</c>.
/// </param>
public sealed record SecretLabel(string Name, string Command);
