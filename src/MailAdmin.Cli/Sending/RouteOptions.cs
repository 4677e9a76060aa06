using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say which server, and how to reach it.</summary>
internal sealed class RouteOptions
{
    private readonly Option<string?> _server = new("--server", "-S")
    {
        HelpName = "HOST[:PORT]", Description = "The SMTP server.",
    };

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
        command.Add(_port);
        command.Add(_security);
        _login.AddTo(command);
        _certificates.AddTo(command);
        command.Add(_localHost);
        _network.AddTo(command);
    }

    public SmtpRoute Read(ParseResult parsed, CliHost host)
    {
        var server = HostAndPort.Parse(parsed.GetValue(_server) ?? throw CliException.Usage(
            "It is not said which server is to send the message.", "Add --server HOST or --server HOST:PORT."));
        return new SmtpRoute
        {
            Host = server.Host,
            Port = Port(parsed, server),
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
    }

    private int? Port(ParseResult parsed, HostAndPort server)
    {
        if (parsed.GetValue(_port) is not { } text)
        {
            return server.Port;
        }

        return server.Port is null
            ? HostAndPort.ParsePort(text)
            : throw CliException.Usage(
                "The port is given twice.", "Leave out --port, or the port behind the server's name.");
    }
}
