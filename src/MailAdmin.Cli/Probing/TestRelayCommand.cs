using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Cli.Probing;

/// <summary>
/// <c>mailadmin test relay</c>: whether servers would take mail from one address to another from here.
/// </summary>
internal sealed class TestRelayCommand : ProbeCommand
{
    private readonly Option<string> _from = new("--from")
    {
        HelpName = "ADDRESS", Description = "The sender to try; <> is the empty one.", Required = true,
    };

    private readonly Option<string> _to = new("--to")
    {
        HelpName = "ADDRESS", Description = "The recipient to try.", Required = true,
    };

    private readonly Option<bool> _sendTest = new("--send-test")
    {
        Description = "Send a test message if both are accepted.",
    };

    public TestRelayCommand(CliHost host, Option<bool> json)
        : base(
            "relay",
            "Tests whether a server would take mail from one address to another from here, and names the method of " +
            "sending. Sends no mail without --send-test.",
            host,
            json)
    {
        Add(_from);
        Add(_to);
        Add(_sendTest);
        AddShared();
    }

    protected override Func<SmtpRoute, ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(
        ParseResult parsed, IDnsResolver names, HostResolver? hosts)
    {
        var from = Address(parsed.GetValue(_from));
        var to = Mailbox.Parse(parsed.GetValue(_to)!);
        var author = from is null ? to : new Mailbox(null, from);
        var sendTest = parsed.GetValue(_sendTest);
        var catalog = SendMethodCatalog.Load(Host.Environment(SendMethodCatalog.FileVariable));
        var probe = new SmtpRelayProbe(names, hosts, catalog, Host.Time);
        return async (route, transcript, token) => await probe.RunAsync(
            route, from, to.Address, sendTest ? Message(author, to, route) : null, transcript, token);
    }

    private RelayMessage Message(Mailbox from, Mailbox to, SmtpRoute route) =>
        new MessageBuilder().Build(TestMessage.Create(from, [to], route.Server, Host.Time.GetLocalNow()));
}
