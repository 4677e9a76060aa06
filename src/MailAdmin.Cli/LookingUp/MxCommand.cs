using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Output;
using MailAdmin.Dns.Mail;

namespace MailAdmin.Cli.LookingUp;

/// <summary><c>mailadmin mx</c>: where the mail of domains goes.</summary>
internal sealed class MxCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;
    private readonly DnsOptions _dns = new();
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
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        using var resolver = await _dns.OpenAsync(parsed, cancellationToken);
        var finder = new MxEndpointFinder(resolver);
        var failures = new FailureOutput(_host, parsed.GetValue(_json));
        var worst = ExitCode.Ok;
        foreach (var text in parsed.GetValue(_domains)!)
        {
            try
            {
                var endpoint = await finder.FindAsync(DomainName.Parse(text), withTlsa: true, cancellationToken);
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

        foreach (var warning in endpoint.Warnings)
        {
            WriteLine($"  ! {warning}");
        }
    }

    private void WriteLine(string line) => _host.Output.WriteLine(Plain.Line(line));
}
