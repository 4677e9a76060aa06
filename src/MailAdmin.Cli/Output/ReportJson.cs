using MailAdmin.Transports;

namespace MailAdmin.Cli.Output;

/// <summary>The delivery report as <c>--json</c> writes it.</summary>
/// <param name="Status">Sent, PartlySent, Queued, Deferred or Failed.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Method">How the message went.</param>
/// <param name="Server">Host and port as asked for.</param>
/// <param name="RemoteAddress">The address that answered; null without a connection.</param>
/// <param name="TlsProtocol">Such as <c>Tls13</c>; null without TLS.</param>
/// <param name="Reply">The server's last word on the message.</param>
/// <param name="MessageId">Without angle brackets.</param>
/// <param name="Recipients">Every recipient with its own outcome.</param>
/// <param name="DurationMs">Milliseconds from connecting to the last reply.</param>
/// <param name="Size">Octets of the message.</param>
/// <param name="Warnings">What the user should know.</param>
/// <param name="Error">Why it failed; null when it did not.</param>
/// <param name="Diagnosis">What that means and what to do; null when it did not fail or nothing is known.</param>
internal sealed record ReportJson(
    string Status,
    int ExitCode,
    string Method,
    string Server,
    string? RemoteAddress,
    string? TlsProtocol,
    ReplyJson? Reply,
    string? MessageId,
    IReadOnlyList<RecipientJson> Recipients,
    double DurationMs,
    long Size,
    IReadOnlyList<string> Warnings,
    ErrorJson? Error,
    DiagnosisJson? Diagnosis)
{
    public static ReportJson Of(DeliveryReport report) => new(
        report.Status.ToString(),
        (int)ExitCodes.Of(report),
        report.Method,
        report.Server,
        report.RemoteAddress?.ToString(),
        report.TlsProtocol?.ToString(),
        ReplyJson.Of(report.Reply),
        report.MessageId,
        [.. report.Recipients.Select(RecipientJson.Of)],
        Math.Round(report.Duration.TotalMilliseconds, 1),
        report.Size,
        report.Warnings,
        report.Error is null ? null : ErrorJson.Of(report.Error),
        report.Diagnosis is { } diagnosis ? DiagnosisJson.Of(diagnosis) : null);
}
