using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>The test of a server as <c>--json</c> writes it, one line for each server.</summary>
/// <param name="Server"><c>host:port</c>.</param>
/// <param name="Verdict">Passed, Warning or Failed.</param>
/// <param name="ExitCode">The exit code that this server earns.</param>
/// <param name="FailedStage">The step that failed, or null.</param>
/// <param name="Stages">The steps in their order.</param>
/// <param name="Warnings">What is worth knowing although it works.</param>
/// <param name="RemoteAddress">The address behind the name, or null.</param>
/// <param name="LocalAddress">The address on this side, or null.</param>
/// <param name="TlsProtocol">The version of TLS, or null without.</param>
/// <param name="Milliseconds">How long all of it took.</param>
/// <param name="Auth">Of <c>test auth</c>, else null.</param>
/// <param name="Relay">Of <c>test relay</c>, else null.</param>
/// <param name="Tls">Of <c>test tls</c>, else null.</param>
/// <param name="Error">Why it failed, or null.</param>
/// <param name="Diagnosis">What is known about that, or null.</param>
internal sealed record ProbeJson(
    string Server,
    string Verdict,
    int ExitCode,
    string? FailedStage,
    IReadOnlyList<ProbeStageJson> Stages,
    IReadOnlyList<string> Warnings,
    string? RemoteAddress,
    string? LocalAddress,
    string? TlsProtocol,
    double Milliseconds,
    AuthJson? Auth,
    RelayJson? Relay,
    TlsJson? Tls,
    ErrorJson? Error,
    DiagnosisJson? Diagnosis)
{
    public static ProbeJson Of(ProbeResult result) => new(
        result.Server,
        result.Verdict.ToString(),
        (int)ExitCodes.Of(result),
        result.FailedStage?.ToString(),
        [.. result.Stages.Select(ProbeStageJson.Of)],
        result.Warnings,
        result.RemoteAddress?.ToString(),
        result.LocalAddress?.ToString(),
        result.TlsProtocol?.ToString(),
        Math.Round(result.Duration.TotalMilliseconds, 1),
        result is SmtpAuthResult auth ? AuthJson.Of(auth) : null,
        result is SmtpRelayResult relay ? RelayJson.Of(relay) : null,
        result is SmtpTlsResult tls ? TlsJson.Of(tls) : null,
        result.Error is { } error ? ErrorJson.Of(error) : null,
        result.Diagnosis is { } diagnosis ? DiagnosisJson.Of(diagnosis) : null);
}
