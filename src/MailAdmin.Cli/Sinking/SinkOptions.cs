using System.CommandLine;
using System.Net;
using MailAdmin.Cli.Parsing;
using MailAdmin.Server;

namespace MailAdmin.Cli.Sinking;

/// <summary>The options that say how the sink behaves.</summary>
internal sealed class SinkOptions
{
    private const int UsualPort = 2525;

    // Ctrl+C ends the program within a second, clients or not.
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    private readonly Option<string?> _port = new("--port", "-p")
    {
        HelpName = "PORT", Description = $"The port to listen at; 0 takes a free one. By default {UsualPort}.",
    };

    private readonly Option<string[]> _address = new("--listen")
    {
        HelpName = "ADDRESS", Description = "Address to listen at, such as 0.0.0.0. By default this machine only.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _folder = new("--folder")
    {
        HelpName = "DIR", Description = "Write each message there, as .eml with its envelope as .json.",
    };

    private readonly Option<bool> _startTls = new("--tls")
    {
        Description = "Offer STARTTLS, with a certificate made for this run.",
    };
    private readonly Option<bool> _implicitTls = new("--implicit-tls") { Description = "TLS from the first octet on." };
    private readonly Option<string?> _certificateOut = new("--write-cert")
    {
        HelpName = "FILE", Description = "Write that certificate as PEM, for send --ca-file.",
    };
    private readonly Option<string?> _user = new("--user", "-u")
    {
        HelpName = "NAME", Description = "Demand a login as this user.",
    };
    private readonly SecretOptions _password = new("password");

    private readonly Option<string[]> _fault = new("--fault")
    {
        HelpName = "STEP[:N]=ACTION",
        Description = "Misbehave: 'rcpt:2=550 5.1.1 No such user', 'mail=drop', 'eod=stall' …; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    private readonly PersonalityOptions _personality = new();

    private readonly Option<string?> _maxSize = new("--max-size")
    {
        HelpName = "SIZE", Description = "Largest message, such as 25M.",
    };
    private readonly Option<int?> _count = new("--count", "-n")
    {
        HelpName = "N", Description = "Stop after so many messages.",
    };

    public void AddTo(Command command)
    {
        command.Add(_port);
        command.Add(_address);
        command.Add(_folder);
        command.Add(_startTls);
        command.Add(_implicitTls);
        command.Add(_certificateOut);
        command.Add(_user);
        _password.AddTo(command);
        command.Add(_fault);
        _personality.AddTo(command);
        command.Add(_maxSize);
        command.Add(_count);
    }

    /// <summary>Null for no limit.</summary>
    public int? Count(ParseResult parsed) => parsed.GetValue(_count) switch
    {
        null or > 0 => parsed.GetValue(_count),
        _ => throw CliException.Usage("--count is a number above 0.", "Leave it out to run until Ctrl+C."),
    };

    public string? CertificateFile(ParseResult parsed) => parsed.GetValue(_certificateOut);

    public SmtpTestServerOptions Read(ParseResult parsed, CliHost host)
    {
        var users = Users(parsed, host);
        var options = new SmtpTestServerOptions
        {
            Port = Port(parsed),
            Folder = parsed.GetValue(_folder),
            Security = Security(parsed),
            Users = users,
            RequireAuthentication = users.Count > 0,
            Faults = FaultScript.Parse(parsed.GetValue(_fault)!),
            StopTimeout = StopTimeout,
            Time = host.Time,
        };
        if (parsed.GetValue(_address) is { Length: > 0 } addresses)
        {
            options = options with { Addresses = [.. addresses.Select(Address)] };
        }

        options = parsed.GetValue(_maxSize) is { } size
            ? options with { MaxMessageSize = ByteCount.Parse(size) }
            : options;
        return _personality.Read(parsed, users).Create(host.Time)?.Apply(options) ?? options;
    }

    private static IPAddress Address(string text) =>
        IPAddress.TryParse(text, out var address)
            ? address
            : throw CliException.Usage(
                $"'{text}' is no IP address.", "--listen takes an address of this machine, or 0.0.0.0 or :: for all.");

    private int Port(ParseResult parsed) => parsed.GetValue(_port) switch
    {
        null => UsualPort,
        "0" => 0,
        var text => HostAndPort.ParsePort(text),
    };

    private SmtpServerSecurity Security(ParseResult parsed)
    {
        var (startTls, implicitTls) = (parsed.GetValue(_startTls), parsed.GetValue(_implicitTls));
        if (startTls && implicitTls)
        {
            throw CliException.Usage("--tls and --implicit-tls cannot be used together.", "Leave one of them out.");
        }

        if (!startTls && !implicitTls && !_personality.IsGiven(parsed) && CertificateFile(parsed) is not null)
        {
            throw CliException.Usage(
                "--write-cert is of no use without TLS.", "Add --tls, --implicit-tls or --personality.");
        }

        return startTls ? SmtpServerSecurity.StartTls
            : implicitTls ? SmtpServerSecurity.Implicit
            : SmtpServerSecurity.None;
    }

    private Dictionary<string, string> Users(ParseResult parsed, CliHost host)
    {
        var (user, password) = (parsed.GetValue(_user), _password.Read(parsed, host));
        return (user, password) switch
        {
            (null, null) => [],
            ({ } name, { } secret) => new() { [name] = secret },
            ({ } name, null) => throw CliException.Usage(
                $"There is no password for '{name}'.", "Use --password-file or --password-env."),
            _ => throw CliException.Usage("There is a password, but no user.", "Add --user."),
        };
    }
}
