using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Output;
using MailAdmin.Dns.Mail;
using MailAdmin.DomainChecks.MtaSts;

namespace MailAdmin.Cli.LookingUp;

/// <summary><c>mailadmin mx</c>: where the mail of domains goes.</summary>
internal sealed class MxCommand : Command
{
    // A firewall that swallows HTTPS must not make a look-up last a minute.
    private static readonly TimeSpan PolicyPatience = TimeSpan.FromSeconds(10);

    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly DnsOptions _dns = new();
    private readonly Option<bool> _dnsOnly = new("--dns-only")
    {
        Description = "Ask the DNS only; leave MTA-STS policies aside, which are on web servers.",
    };

    private readonly Argument<string[]> _domains = new("DOMAIN")
    {
        Description = "The domains.", Arity = ArgumentArity.OneOrMore,
    };

    public MxCommand(CliHost host, Option<bool> json)
        : base("mx", "Looks up where the mail of a domain goes, and the smart host to type into a device.")
    {
        _host = host;
        _json = json;
        Add(_domains);
        _dns.AddTo(this);
        Add(_dnsOnly);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var resolver = await _dns.OpenAsync(parsed, cancellationToken);
        using var policies = HttpsPolicySource.Through(_dns.IsGiven(parsed) ? resolver : null, PolicyPatience);
        var finder = new MxEndpointFinder(resolver);
        var policyCheck = new MxPolicyCheck(resolver, policies);
        var failures = new FailureOutput(_host, parsed.GetValue(_json));
        var worst = ExitCode.Ok;
        foreach (var text in parsed.GetValue(_domains)!)
        {
            try
            {
                var endpoint = await finder.FindAsync(DomainName.Parse(text), withTlsa: true, cancellationToken);
                endpoint = parsed.GetValue(_dnsOnly)
                    ? endpoint
                    : await policyCheck.CheckAsync(endpoint, cancellationToken);
                Write(endpoint, parsed.GetValue(_json));
            }
            catch (MailException failure)
            {
                worst = failures.Write(failure);
            }
        }

        return (int)worst;
    }

    private void Write(MxEndpoint endpoint, bool asJson)
    {
        if (asJson)
        {
            JsonOutput.Write(_host.Output, MxJson.Of(endpoint));
            return;
        }

        var provider = endpoint.ProviderName is null ? "" : $"  ({endpoint.ProviderName})";
        WriteLine($"{endpoint.Domain}: {endpoint.SmartHost ?? "no mail host"}{provider}");
        foreach (var host in endpoint.Hosts)
        {
            WriteLine($"  {host.Preference,5} {host.Name}  {string.Join(" ", host.Addresses)}");
            foreach (var record in host.Tlsa)
            {
                WriteLine($"        TLSA {record.Data}");
            }
        }

        if (endpoint.MtaSts is { State: not MxPolicyState.NotPublished } policy)
        {
            WriteLine($"        MTA-STS {policy.State}: {string.Join(" ", policy.MxPatterns)}");
        }

        foreach (var warning in endpoint.Warnings)
        {
            WriteLine($"  ! {warning}");
        }
    }

    private void WriteLine(string line) => _host.Output.WriteLine(Plain.Line(line));
}
