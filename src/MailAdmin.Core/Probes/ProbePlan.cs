using MailAdmin.Transports;

namespace MailAdmin.Probes;

/// <summary>The steps that a route asks for, so that those that were not reached can be named.</summary>
internal static class ProbePlan
{
    public static IReadOnlyList<ProbeStage> UntilReady(SmtpRoute route) => route.EffectiveSecurity switch
    {
        ConnectionSecurity.Implicit =>
            [ProbeStage.Tcp, ProbeStage.Tls, ProbeStage.Certificate, ProbeStage.Banner, ProbeStage.Ehlo],
        ConnectionSecurity.StartTls =>
        [
            ProbeStage.Tcp, ProbeStage.Banner, ProbeStage.Ehlo, ProbeStage.StartTls, ProbeStage.Tls,
            ProbeStage.Certificate,
        ],
        _ => [ProbeStage.Tcp, ProbeStage.Banner, ProbeStage.Ehlo],
    };
}
