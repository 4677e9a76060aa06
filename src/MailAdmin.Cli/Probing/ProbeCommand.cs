using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Output;
using MailAdmin.Cli.Parsing;
using MailAdmin.Cli.Sending;
using MailAdmin.Dns;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Probing;

/// <summary>What the tests of servers share: the servers, the way to them, and how results are written.</summary>
internal abstract class ProbeCommand : Command
{
    private const int AtOnce = 8;

    private readonly Option<bool> _json;
    private readonly ConnectionOptions _connection;
    private readonly DnsOptions _dns = new();
    private readonly Argument<string[]> _servers = new("HOST")
    {
        HelpName = "HOST[:PORT]", Description = "The SMTP servers.", Arity = ArgumentArity.OneOrMore,
    };

    private readonly TranscriptOption _transcript = new()
    {
        HelpName = "FILE", Description = "Record the sessions, secrets masked; - is standard error.",
    };

    protected ProbeCommand(string name, string description, CliHost host, Option<bool> json, bool hasLogin = true)
        : base(name, description)
    {
        Host = host;
        _json = json;
        _connection = new ConnectionOptions(hasLogin, $"{ProbePatience.Limit.TotalSeconds} seconds");
    }

    protected CliHost Host { get; }

    /// <summary>Adds all options that the tests share, behind those of the test itself.</summary>
    protected void AddShared()
    {
        Add(_servers);
        _connection.AddTo(this);
        _dns.AddTo(this);
        Add(_transcript);
        Add(_json);
        SetAction(RunAsync);
    }

    /// <summary>Reads the test's own options.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="names">The DNS.</param>
    /// <param name="hosts">Looks hosts up; null for the system's way.</param>
    /// <returns>The test of one server.</returns>
    protected abstract Func<SmtpRoute, ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(
        ParseResult parsed, IDnsResolver names, HostResolver? hosts);

    protected static EmailAddress? Address(string? text) => text is null or "<>" ? null : Mailbox.Parse(text).Address;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var wishes = _connection.Read(parsed, Host);
        var routes = parsed.GetValue(_servers)!
            .Select(server => ConnectionOptions.To(HostAndPort.Parse(server), wishes))
            .Select(route => _connection.HasTimeout(parsed) ? route : ProbePatience.Apply(route))
            .ToList();
        var hasServers = _dns.IsGiven(parsed);
        using var resolver = await _dns.OpenAsync(
            parsed, hasServers ? new DnsClientOptions() : ProbePatience.Dns, cancellationToken);
        var test = Prepare(parsed, resolver, hasServers ? new HostAddressLookup(resolver).FindAsync : null);
        using var transcript = _transcript.Open(parsed, Host);

        // The lines of several sessions would be mixed.
        using var places = new SemaphoreSlim(transcript is null ? AtOnce : 1);
        List<ProbeResult> results = [];
        foreach (var result in routes.Select(RunOneAsync).ToList())
        {
            results.Add(await result);
            Write(results[^1], parsed.GetValue(_json));
        }

        return (int)ExitCodes.Of(results);

        async Task<ProbeResult> RunOneAsync(SmtpRoute route)
        {
            await places.WaitAsync(cancellationToken);
            try
            {
                return await test(route, transcript, cancellationToken);
            }
            finally
            {
                places.Release();
            }
        }
    }

    private void Write(ProbeResult result, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(Host.Output, ProbeJson.Of(result));
            return;
        }

        foreach (var line in ProbeText.Lines(result))
        {
            Host.Output.WriteLine(Plain.Line(line).TrimEnd());
        }
    }
}
