using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>What came of one version of IP.</summary>
/// <param name="IPVersion"><c>IPv4</c> or <c>IPv6</c>; null when no connection was made.</param>
/// <param name="RemoteAddress">The server's address, or null.</param>
/// <param name="IsAccepted">Whether sender and recipient were accepted.</param>
/// <param name="FailedStage">The step that failed, or null.</param>
/// <param name="Problem">Why, or null.</param>
internal sealed record RelayAttemptJson(
    string? IPVersion, string? RemoteAddress, bool IsAccepted, string? FailedStage, string? Problem)
{
    public static RelayAttemptJson Of(SmtpRelayAttempt attempt) => new(
        attempt.IPVersion,
        attempt.RemoteAddress?.ToString(),
        attempt.IsAccepted,
        attempt.FailedStage?.ToString(),
        attempt.Problem);
}
