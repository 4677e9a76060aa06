using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say how a server is talked to, whichever it is.</summary>
/// <param name="hasLogin">Whether somebody may log in.</param>
/// <param name="patience">How long is waited when it is not said, in words.</param>
internal sealed class ConnectionOptions(bool hasLogin = true, string patience = "RFC 5321's minutes")
{
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

    private readonly LoginOptions? _login = hasLogin ? new() : null;
    private readonly CertificateOptions _certificates = new();
    private readonly NetworkOptions _network = new(patience);

    public void AddTo(Command command)
    {
        command.Add(_port);
        command.Add(_security);
        _login?.AddTo(command);
        _certificates.AddTo(command);
        command.Add(_localHost);
        _network.AddTo(command);
    }

    /// <summary>A route that lacks its server.</summary>
    public SmtpRoute Read(ParseResult parsed, CliHost host) => new()
    {
        Host = "",
        Port = parsed.GetValue(_port) is { } port ? HostAndPort.ParsePort(port) : null,
        Security = parsed.GetValue(_security),
        Credential = _login?.Read(parsed, host),
        Mechanism = _login?.Mechanism(parsed),
        AllowPlaintextAuth = _login?.AllowsPlaintext(parsed) ?? false,
        ClientCertificates = _certificates.Own(parsed, host),
        TrustedRoots = _certificates.TrustedRoots(parsed),
        SkipCertificateCheck = _certificates.SkipsCheck(parsed),
        LocalHost = parsed.GetValue(_localHost),
        Timeouts = _network.Timeout(parsed) is { } limit ? SmtpTimeouts.All(limit) : new SmtpTimeouts(),
        Dial = _network.Read(parsed, host),
    };

    /// <summary>The same to a server.</summary>
    public static SmtpRoute To(HostAndPort server, SmtpRoute wishes) => server.Port is null || wishes.Port is null
        ? wishes with { Host = server.Host, Port = server.Port ?? wishes.Port }
        : throw CliException.Usage(
            "The port is given twice.", "Leave out --port, or the port behind the server's name.");

    /// <summary>True when it is said how long to wait.</summary>
    public bool HasTimeout(ParseResult parsed) => _network.Timeout(parsed) is not null;
}
