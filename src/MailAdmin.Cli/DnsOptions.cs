using System.CommandLine;
using MailAdmin.Dns;
using MailAdmin.Net;

namespace MailAdmin.Cli;

/// <summary>The option that says which DNS is asked.</summary>
internal sealed class DnsOptions
{
    private readonly Option<string[]> _servers = new("--dns-server")
    {
        HelpName = "HOST[:PORT]", Description = "A DNS server to ask in place of the system's; may be repeated.",
    };

    public void AddTo(Command command) => command.Add(_servers);

    /// <summary>The servers as they were named; empty for the system's.</summary>
    public IReadOnlyList<string> Names(ParseResult parsed) => parsed.GetValue(_servers) ?? [];

    /// <summary>True when servers were named.</summary>
    public bool IsGiven(ParseResult parsed) => Names(parsed).Count > 0;

    /// <summary>A resolver; the caller disposes it.</summary>
    public Task<DnsClient> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) =>
        OpenAsync(parsed, new DnsClientOptions(), cancellationToken);

    /// <summary>A resolver with the named servers; the caller disposes it.</summary>
    public async Task<DnsClient> OpenAsync(
        ParseResult parsed, DnsClientOptions options, CancellationToken cancellationToken)
    {
        var found = await Task.WhenAll(
            Names(parsed).Select(server => DnsServerAddress.FindAsync(server, cancellationToken)));
        return new DnsClient(options with { Servers = [.. found.SelectMany(endPoints => endPoints)] });
    }

    /// <summary>The network: names are looked up by the system unless a DNS server was named.</summary>
    public TcpDialer Dialer(ParseResult parsed, DnsClient resolver) =>
        IsGiven(parsed) ? new TcpDialer(new HostAddressLookup(resolver).FindAsync) : new TcpDialer();
}
