using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>What a test of a login found besides its steps.</summary>
/// <param name="OfferedMechanisms">The mechanisms that the server offers.</param>
/// <param name="Mechanism">The one that the login succeeded with, or null.</param>
/// <param name="From">The sender that was tried, or null.</param>
/// <param name="MaySendAs">Whether it was accepted; null when that was not found out.</param>
internal sealed record AuthJson(
    IReadOnlyList<string> OfferedMechanisms, string? Mechanism, string? From, bool? MaySendAs)
{
    public static AuthJson Of(SmtpAuthResult result) =>
        new(result.OfferedMechanisms, result.Mechanism, result.From?.ToString(), result.MaySendAs);
}
