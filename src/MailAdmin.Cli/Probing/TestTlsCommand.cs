using System.CommandLine;
using MailAdmin.Dns;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Probing;

/// <summary><c>mailadmin test tls</c>: what the TLS of servers is worth.</summary>
internal sealed class TestTlsCommand : ProbeCommand
{
    private readonly Option<bool> _noCiphers = new("--no-ciphers")
    {
        Description = "Find the versions only, which takes a few connections in place of dozens.",
    };

    public TestTlsCommand(CliHost host, Option<bool> json)
        : base(
            "tls",
            "Tests versions, cipher suites, certificate, chain and DANE. Sends no mail.",
            host,
            json,
            hasLogin: false)
    {
        Add(_noCiphers);
        AddShared();
    }

    protected override Func<SmtpRoute, ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(
        ParseResult parsed, IDnsResolver names, HostResolver? hosts)
    {
        var withCiphers = !parsed.GetValue(_noCiphers);
        var probe = new SmtpTlsProbe(names, hosts, Host.Time);
        return async (route, transcript, token) =>
            await probe.RunAsync(route, withCiphers, progress: null, transcript, token);
    }
}
