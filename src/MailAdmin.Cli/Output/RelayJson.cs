using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>What a test of relaying found besides its steps.</summary>
/// <param name="From">The sender; null for the empty one.</param>
/// <param name="To">The recipient.</param>
/// <param name="IsAccepted">Whether the server accepted both.</param>
/// <param name="Method">The method of sending that the way amounts to.</param>
/// <param name="MethodReason">How that is known.</param>
/// <param name="IsOpenRelaySuspected">Whether the server seems to relay for anybody.</param>
/// <param name="SeenAddress">This side's address as the server saw it, or null.</param>
/// <param name="Attempts">One for each version of IP that was tried.</param>
/// <param name="MessageId">Of the test message, or null.</param>
internal sealed record RelayJson(
    string? From,
    string To,
    bool IsAccepted,
    string Method,
    string MethodReason,
    bool IsOpenRelaySuspected,
    string? SeenAddress,
    IReadOnlyList<RelayAttemptJson> Attempts,
    string? MessageId)
{
    public static RelayJson Of(SmtpRelayResult result) => new(
        result.From?.ToString(),
        result.To.ToString(),
        result.IsAccepted,
        result.Method.ToString(),
        result.MethodReason,
        result.IsOpenRelaySuspected,
        result.SeenAddress?.ToString(),
        [.. result.Attempts.Select(RelayAttemptJson.Of)],
        result.MessageId);
}
