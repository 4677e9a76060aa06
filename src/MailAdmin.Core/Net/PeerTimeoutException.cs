using System.Globalization;

namespace MailAdmin.Net;

/// <summary>The peer did not answer, or did not take what was sent, within the time for this stage.</summary>
/// <param name="host">The peer, as the user named it.</param>
/// <param name="stage">What was waited for, such as <c>the reply to MAIL FROM</c>.</param>
/// <param name="timeout">How long was waited.</param>
/// <param name="recommendedAction">What to do about it; null for the general advice.</param>
public sealed class PeerTimeoutException(
    string host, string stage, TimeSpan timeout, string? recommendedAction = null)
    : MailException(
        "PeerTimeout",
        MailErrorKind.Timeout,
        string.Create(
            CultureInfo.InvariantCulture,
            $"{host} did not respond within {timeout.TotalSeconds:0.###} s during {stage}."),
        recommendedAction ?? "Try again later, or allow more time.")
{
    /// <summary>What was waited for.</summary>
    public string Stage { get; } = stage;

    /// <summary>How long was waited.</summary>
    public TimeSpan Timeout { get; } = timeout;

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
