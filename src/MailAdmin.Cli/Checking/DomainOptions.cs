using System.CommandLine;
using System.Net;
using MailAdmin.DomainChecks;

namespace MailAdmin.Cli.Checking;

/// <summary>The options that say what of a domain is checked.</summary>
internal sealed class DomainOptions
{
    private readonly Option<string[]> _addresses = new("--ip")
    {
        HelpName = "ADDRESS",
        Description =
            "An address that the domain's mail comes from: SPF must cover it, block lists must not; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _selectors = new("--selector")
    {
        HelpName = "NAME", Description = "A DKIM selector; may be repeated.", DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _provider = new("--provider")
    {
        HelpName = "NAME",
        Description = "The mail service that should be used: " +
            $"{string.Join(", ", MailProviderCatalog.BuiltIn.Providers.Select(one => one.Name))}.",
    };

    private readonly Option<CheckArea[]> _areas = new("--area")
    {
        Description = "Check this only; may be repeated.", DefaultValueFactory = _ => [],
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS", Description = "How long one domain may take; 120 by default.",
    };

    public void AddTo(Command command)
    {
        command.Add(_addresses);
        command.Add(_selectors);
        command.Add(_provider);
        command.Add(_areas);
        command.Add(_timeout);
    }

    public MailDomainCheckOptions Read(ParseResult parsed)
    {
        var options = new MailDomainCheckOptions
        {
            SendingAddresses = [.. parsed.GetValue(_addresses)!.Select(Address)],
            Selectors = parsed.GetValue(_selectors)!,
            ExpectedProvider = parsed.GetValue(_provider),
        };
        return options with
        {
            Areas = parsed.GetValue(_areas) is { Length: > 0 } areas ? areas : options.Areas,
            Timeout = Timeout(parsed) ?? options.Timeout,
        };
    }

    private static IPAddress Address(string text) => IPAddress.TryParse(text, out var address)
        ? address
        : throw CliException.Usage(
            $"'{text}' is no IP address.", "--ip takes an address such as 192.0.2.25 or 2001:db8::25.");

    private TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout) switch
    {
        null => null,
        > 0 and < 1e6 and var seconds => TimeSpan.FromSeconds(seconds),
        _ => throw CliException.Usage("--timeout takes a number of seconds above 0.", "Give seconds, such as 30."),
    };
}
