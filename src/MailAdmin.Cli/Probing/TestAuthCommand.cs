using System.CommandLine;
using MailAdmin.Dns;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Probing;

/// <summary><c>mailadmin test auth</c>: whether a login works, and whether it may send as an address.</summary>
internal sealed class TestAuthCommand : ProbeCommand
{
    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "ADDRESS", Description = "The sender to try with MAIL FROM.",
    };

    private readonly Option<string?> _to = new("--to")
    {
        HelpName = "ADDRESS", Description = "A recipient to try behind the sender; it gets nothing.",
    };

    public TestAuthCommand(CliHost host, Option<bool> json)
        : base("auth", "Tests a login, and whether it may send as an address. Sends no mail.", host, json)
    {
        Add(_from);
        Add(_to);
        AddShared();
    }

    protected override Func<SmtpRoute, ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(
        ParseResult parsed, IDnsResolver names, HostResolver? hosts)
    {
        var (from, to) = (Address(parsed.GetValue(_from)), Address(parsed.GetValue(_to)));
        var probe = new SmtpAuthProbe(hosts, Host.Time);
        return async (route, transcript, token) => await probe.RunAsync(route, from, to, transcript, token);
    }
}
