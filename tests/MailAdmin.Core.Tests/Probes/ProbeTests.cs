using System.Security.Cryptography.X509Certificates;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Probes;

/// <summary>What the tests of the probes share: a server, a route to it, and how stages are read.</summary>
public abstract class ProbeTests
{
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    internal static readonly X509Certificate2 Root = TestCertificates.CreateRoot();
    internal static readonly X509Certificate2 Good = TestCertificates.Issue(Root, ["localhost", "127.0.0.1"]);
    internal static readonly PasswordCredential Login = new("user", "secret");

    internal static Task<SmtpTestServer> StartAsync(SmtpTestServerOptions options, params string[] faults) =>
        SmtpTestServer.StartAsync(options with
        {
            Certificate = options.Certificate ?? Good,
            Faults = FaultScript.Parse(faults),
        });

    /// <summary>A server as for submission: STARTTLS, then a login.</summary>
    internal static SmtpTestServerOptions Submission => new()
    {
        Security = SmtpServerSecurity.StartTls,
        RequireTls = true,
        RequireAuthentication = true,
        Users = new Dictionary<string, string> { ["user"] = "secret" },
    };

    internal static SmtpRoute RouteTo(int port) => new()
    {
        Host = "127.0.0.1",
        Port = port,
        LocalHost = "client.example.com",
        TrustedRoots = [Root],
        Timeouts = SmtpTimeouts.All(Patience),
    };

    internal static string InBrief(ProbeResult result) =>
        string.Join(
            ' ', result.Stages.Select(s => s.Verdict == ProbeVerdict.Passed ? $"{s.Stage}" : $"{s.Stage}:{s.Verdict}"));
}
