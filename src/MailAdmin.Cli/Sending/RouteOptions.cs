using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Parsing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say which server, and how to reach it.</summary>
internal sealed class RouteOptions
{
    private readonly Option<string?> _server = new("--server", "-S")
    {
        HelpName = "HOST[:PORT]", Description = "The SMTP server.",
    };

    private readonly Choice<SendMethodId> _method = new(
        "--method",
        [],
        ("submission", SendMethodId.Submission),
        ("relay", SendMethodId.Relay),
        ("direct-send", SendMethodId.DirectSend),
        ("hve", SendMethodId.Hve),
        ("acs", SendMethodId.Acs),
        ("gmail", SendMethodId.Gmail),
        ("on-premises", SendMethodId.OnPremises))
    { Description = "The way to send, in the place of --server; relay and direct-send go to the MX hosts of --domain." };

    private readonly Option<string?> _domain = new("--domain")
    {
        HelpName = "DOMAIN", Description = "Your own domain, whose MX hosts are looked up.",
    };

    private readonly Choice<CloudEnvironment> _environment = new(
        "--environment",
        [],
        ("public", CloudEnvironment.Public),
        ("us-gov", CloudEnvironment.UsGov),
        ("us-gov-dod", CloudEnvironment.UsGovDod),
        ("china", CloudEnvironment.China))
    { Description = "The cloud of Microsoft 365, for methods with a server of their own." };

    private readonly Option<string?> _port = new("--port", "-p")
    {
        HelpName = "PORT", Description = "Its port; by default it follows from --security and --user.",
    };

    private readonly Choice<ConnectionSecurity> _security = new(
        "--security",
        [],
        ("auto", ConnectionSecurity.Auto),
        ("starttls", ConnectionSecurity.StartTls),
        ("starttls-when-available", ConnectionSecurity.StartTlsWhenAvailable),
        ("implicit", ConnectionSecurity.Implicit),
        ("none", ConnectionSecurity.None))
    { Description = "TLS; auto demands it on ports 465 and 587 and with a login, else takes it when offered." };

    private readonly Option<string?> _localHost = new("--local-host")
    {
        HelpName = "NAME", Description = "The name to say in EHLO.",
    };

    private readonly LoginOptions _login = new();
    private readonly CertificateOptions _certificates = new();
    private readonly NetworkOptions _network = new();

    public void AddTo(Command command)
    {
        command.Add(_server);
        command.Add(_method);
        command.Add(_domain);
        command.Add(_environment);
        command.Add(_port);
        command.Add(_security);
        _login.AddTo(command);
        _certificates.AddTo(command);
        command.Add(_localHost);
        _network.AddTo(command);
    }

    /// <summary>The route; for a method that goes to a domain's MX hosts, they are looked up.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The process.</param>
    /// <param name="resolver">The DNS for such look-ups.</param>
    /// <param name="refine">Adds what other options demand of the route.</param>
    /// <param name="cancellationToken">Ends the look-up.</param>
    public async Task<MailRoute> ReadAsync(
        ParseResult parsed,
        CliHost host,
        IDnsResolver resolver,
        Func<SmtpRoute, SmtpRoute> refine,
        CancellationToken cancellationToken)
    {
        var server = parsed.GetValue(_server);
        var hasMethod = parsed.GetResult(_method) is { Implicit: false };
        if (server is not null)
        {
            return hasMethod || parsed.GetValue(_domain) is not null
                ? throw CliException.Usage(
                    "--server goes with neither --method nor --domain: each says which way the message goes.",
                    "Leave one of them out.")
                : FixedRoute(parsed, refine(Wishes(parsed, host)), HostAndPort.Parse(server));
        }

        if (!hasMethod)
        {
            throw CliException.Usage(
                "It is not said which server is to send the message.",
                "Add --server HOST, --server HOST:PORT, or --method NAME.");
        }

        var catalog = SendMethodCatalog.Load(host.Environment(SendMethodCatalog.FileVariable));
        var domain = parsed.GetValue(_domain) is { } text ? DomainName.Parse(text) : (DomainName?)null;
        var wishes = refine(Wishes(parsed, host)) with { Port = Port(parsed, null) };
        return await new MailRouteFinder(catalog, new MxEndpointFinder(resolver)).FindAsync(
            parsed.GetValue(_method), domain, parsed.GetValue(_environment), wishes, cancellationToken);
    }

    private SmtpMailRoute FixedRoute(ParseResult parsed, SmtpRoute wishes, HostAndPort server) =>
        new(wishes with { Host = server.Host, Port = Port(parsed, server.Port) });

    private SmtpRoute Wishes(ParseResult parsed, CliHost host) => new()
    {
        Host = "",
        Security = parsed.GetValue(_security),
        Credential = _login.Read(parsed, host),
        Mechanism = _login.Mechanism(parsed),
        AllowPlaintextAuth = _login.AllowsPlaintext(parsed),
        ClientCertificates = _certificates.Own(parsed, host),
        TrustedRoots = _certificates.TrustedRoots(parsed),
        SkipCertificateCheck = _certificates.SkipsCheck(parsed),
        LocalHost = parsed.GetValue(_localHost),
        Timeouts = _network.Timeout(parsed) is { } limit ? SmtpTimeouts.All(limit) : new SmtpTimeouts(),
        Dial = _network.Read(parsed, host),
    };

    private int? Port(ParseResult parsed, int? ofServer)
    {
        if (parsed.GetValue(_port) is not { } text)
        {
            return ofServer;
        }

        return ofServer is null
            ? HostAndPort.ParsePort(text)
            : throw CliException.Usage(
                "The port is given twice.", "Leave out --port, or the port behind the server's name.");
    }
}
