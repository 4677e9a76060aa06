using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Cli.Parsing;
using MailAdmin.Net;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say how the connection is made.</summary>
/// <param name="patience">How long is waited when it is not said, in words.</param>
internal sealed class NetworkOptions(string patience)
{
    private readonly Choice<AddressFamily> _family = new(
        "--address-family",
        [],
        ("any", AddressFamily.Unspecified),
        ("ipv4", AddressFamily.InterNetwork),
        ("ipv6", AddressFamily.InterNetworkV6))
    { Description = "Connect over IPv4 or IPv6 only." };

    private readonly Option<bool> _ipv4 = new("-4") { Description = "Same as --address-family ipv4." };
    private readonly Option<bool> _ipv6 = new("-6") { Description = "Same as --address-family ipv6." };

    private readonly Option<string?> _source = new("--source-address")
    {
        HelpName = "ADDRESS", Description = "Local address to connect from.",
    };

    private readonly Option<string?> _proxy = new("--proxy")
    {
        HelpName = "URL", Description = "socks5://host:1080 or http://host:8080.",
    };

    private readonly Option<string?> _proxyVariable = new("--proxy-env")
    {
        HelpName = "NAME", Description = "Environment variable that holds the proxy's URL, for one with a password.",
    };

    private readonly Option<double?> _timeout = new("--timeout")
    {
        HelpName = "SECONDS", Description = $"For connecting and for each answer; by default {patience}.",
    };

    public void AddTo(Command command)
    {
        command.Add(_family);
        command.Add(_ipv4);
        command.Add(_ipv6);
        command.Add(_source);
        command.Add(_proxy);
        command.Add(_proxyVariable);
        command.Add(_timeout);
    }

    public DialOptions Read(ParseResult parsed, CliHost host)
    {
        var options = new DialOptions
        {
            AddressFamily = Family(parsed),
            SourceAddress = Source(parsed),
            Proxy = Proxy(parsed, host),
        };
        return Timeout(parsed) is { } limit ? options with { ConnectTimeout = limit } : options;
    }

    /// <summary>Null leaves every stage its own.</summary>
    public TimeSpan? Timeout(ParseResult parsed) => parsed.GetValue(_timeout) switch
    {
        null => null,
        > 0 and <= 86_400 and var seconds => TimeSpan.FromSeconds(seconds),
        _ => throw CliException.Usage(
            "--timeout takes seconds, from above 0 up to 86400.", "Write for example --timeout 30."),
    };

    private AddressFamily Family(ParseResult parsed)
    {
        List<AddressFamily> wishes = [];
        if (parsed.GetValue(_ipv4))
        {
            wishes.Add(AddressFamily.InterNetwork);
        }

        if (parsed.GetValue(_ipv6))
        {
            wishes.Add(AddressFamily.InterNetworkV6);
        }

        if (parsed.GetResult(_family) is { Implicit: false })
        {
            wishes.Add(parsed.GetValue(_family));
        }

        return wishes.Distinct().Count() <= 1
            ? wishes.FirstOrDefault(AddressFamily.Unspecified)
            : throw CliException.Usage(
                "The address families contradict each other.", "Give one of -4, -6 and --address-family.");
    }

    private IPAddress? Source(ParseResult parsed) => parsed.GetValue(_source) switch
    {
        null => null,
        var text => IPAddress.TryParse(text, out var address)
            ? address
            : throw CliException.Usage(
                $"'{text}' is no IP address.", "--source-address takes an address of this machine."),
    };

    private Uri? Proxy(ParseResult parsed, CliHost host)
    {
        if (parsed.GetValue(_proxyVariable) is { } variable)
        {
            return parsed.GetValue(_proxy) is null
                ? ProxyUrl(host.Environment(variable) ?? "")
                : throw CliException.Usage("The proxy is given twice.", "Leave out --proxy or --proxy-env.");
        }

        if (parsed.GetValue(_proxy) is not { } text)
        {
            return null;
        }

        var url = ProxyUrl(text);
        return url.UserInfo.Length == 0
            ? url
            : throw CliException.Usage(
                "A proxy's login is no argument, as every user of the machine could read it.",
                "Put the whole URL into an environment variable and name that with --proxy-env.");
    }

    // The text is not repeated: it may hold a password.
    private static Uri ProxyUrl(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "socks5" or "http" && url.Host.Length > 0
            ? url
            : throw CliException.Usage(
                "The proxy's address is not usable.", "Write socks5://host:1080 or http://host:8080.");
}
