using System.Net;

namespace MailAdmin.Probes;

/// <summary>What a probe of relaying found over one version of IP.</summary>
public sealed record SmtpRelayAttempt : ProbeResult
{
    /// <summary><c>IPv4</c> or <c>IPv6</c>; null when no connection was made.</summary>
    public string? IPVersion => RemoteAddress?.AddressFamily switch
    {
        System.Net.Sockets.AddressFamily.InterNetwork => "IPv4",
        System.Net.Sockets.AddressFamily.InterNetworkV6 => "IPv6",
        _ => null,
    };

    /// <summary>True when the server accepted sender and recipient.</summary>
    public bool IsAccepted => Stages.Any(s => s is { Stage: ProbeStage.RcptTo, Verdict: ProbeVerdict.Passed });

    /// <summary>The address of this side as the server says that it saw it; null when it does not say.</summary>
    public IPAddress? SeenAddress { get; init; }
}
