using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Parsing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Queueing.Routes;
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
        ("on-premises", SendMethodId.OnPremises),
        ("graph", SendMethodId.Graph))
    {
        Description =
            "The way to send, in the place of --server; relay and direct-send go to the MX hosts of --domain.",
    };

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

    private readonly Option<bool> _noSentItems = new("--no-sent-items")
    {
        Description = "With --method graph: keep no copy in Sent Items; for messages up to 4 MB.",
    };

    private readonly ConnectionOptions _connection = new();
    private IReadOnlyList<Option> _options = [];

    public void AddTo(Command command)
    {
        var others = command.Options.Count;
        command.Add(_server);
        command.Add(_method);
        command.Add(_domain);
        command.Add(_environment);
        command.Add(_noSentItems);
        _connection.AddTo(command);
        _options = [.. command.Options.Skip(others)];
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
        var request = ReadRequest(parsed, host, refine) ?? throw Missing();
        if (request.Method is not { } method)
        {
            return new SmtpMailRoute(request.Wishes);
        }

        var catalog = SendMethodCatalog.Load(host.Environment(SendMethodCatalog.FileVariable));
        var finder = new MailRouteFinder(catalog, new MxEndpointFinder(resolver)) { SavesCopy = request.SavesCopy };
        return await finder.FindAsync(
            method, request.Domain, request.Environment, request.Wishes, cancellationToken);
    }

    /// <summary>The route as it is asked for: nothing is looked up.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">The process.</param>
    /// <param name="refine">Adds what other options demand of the route.</param>
    /// <returns>Null when the command line says nothing of a route.</returns>
    public RouteRequest? ReadRequest(ParseResult parsed, CliHost host, Func<SmtpRoute, SmtpRoute> refine)
    {
        var server = parsed.GetValue(_server);
        var method = parsed.GetResult(_method) is { Implicit: false } ? parsed.GetValue(_method) : (SendMethodId?)null;
        if (server is not null)
        {
            return method is not null || parsed.GetValue(_domain) is not null || parsed.GetValue(_noSentItems)
                ? throw CliException.Usage(
                    "--server goes with none of --method, --domain and --no-sent-items, which belong to other ways.",
                    "Leave one of them out.")
                : new RouteRequest
                {
                    Wishes = ConnectionOptions.To(HostAndPort.Parse(server), refine(_connection.Read(parsed, host))),
                };
        }

        if (method is null)
        {
            return _options.Any(option => parsed.GetResult(option) is { Implicit: false }) ? throw Missing() : null;
        }

        return new RouteRequest
        {
            Method = method,
            Domain = parsed.GetValue(_domain) is { } text ? DomainName.Parse(text) : null,
            Environment = parsed.GetValue(_environment),
            Wishes = refine(_connection.Read(parsed, host)),
            SavesCopy = parsed.GetValue(_noSentItems) ? false : null,
        };
    }

    private static CliException Missing() => CliException.Usage(
        "It is not said which server is to send the message.",
        "Add --server HOST, --server HOST:PORT, or --method NAME.");
}
