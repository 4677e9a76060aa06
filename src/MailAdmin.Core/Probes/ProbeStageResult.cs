using MailAdmin.Smtp;

namespace MailAdmin.Probes;

/// <summary>What one step of a probe found.</summary>
/// <param name="Stage">Which step.</param>
/// <param name="Verdict">How it ended.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Detail">What was seen: addresses, the server's words, the TLS version, or what went wrong.</param>
public sealed record ProbeStageResult(ProbeStage Stage, ProbeVerdict Verdict, TimeSpan Duration, string Detail)
{
    /// <summary>The server's last reply at this step; null when there was none.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>Why it failed; null when it did not.</summary>
    public MailException? Error { get; init; }

    /// <summary>The first remedy; null when there is none to name.</summary>
    public string? RecommendedAction => Error?.RecommendedAction;
}
