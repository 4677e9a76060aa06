using System.Management.Automation;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Server;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Starts an SMTP server in this process that takes mail and delivers none.</summary>
/// <remarks>
/// <para>
/// It serves rehearsals and tests: point a script, a device's program or Send-RelayMail at it, and look at what arrives
/// with Get-SmtpTestMessage. Only this machine can reach it, unless -Address says otherwise. It runs until
/// Stop-SmtpTestServer or the end of the process.
/// </para>
/// <para>
/// With -Fault it misbehaves on purpose. A fault is written step[:n][@octets][*times]=action. Steps: connect banner
/// ehlo helo starttls tls auth authresponse mail rcpt data content eod bdat rset noop vrfy help quit. Actions: a reply
/// such as '451 4.7.1 greylisted', or drop, reset, stall, garbage, slow N (octets per second).
/// </para>
/// </remarks>
/// <example>
/// <para>Send to a test server and see what arrived</para>
/// <code>
/// $server = Start-SmtpTestServer
/// Send-RelayMail anna@example.com 'Hello' 'It works.' localhost -Port $server.Port -From me@example.com
/// $server | Get-SmtpTestMessage
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
/// <example>
/// <para>A server that refuses the second recipient, and once the sender</para>
/// <code>
/// $server = Start-SmtpTestServer -Fault 'rcpt:2=550 5.1.1 no such user', 'mail*1=451 4.7.1 greylisted'
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
/// <example>
/// <para>A server that demands TLS and a login</para>
/// <code>
/// $server = Start-SmtpTestServer -Security StartTls -Credential (Get-Credential) -RequireAuthentication
/// $server.Certificate.Thumbprint
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "SmtpTestServer")]
[OutputType(typeof(SmtpTestServer))]
public sealed class StartSmtpTestServerCommand : AsyncPSCmdlet
{
    /// <summary>The port to listen at; by default a free one.</summary>
    [Parameter(Position = 0)]
    [ValidateRange(0, 65535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public int Port { get; set; }

    /// <summary>The addresses to listen at; by default only those of this machine itself.</summary>
    [Parameter]
    public IPAddress[] Address { get; set; } = [];

    /// <summary>The name in the greeting and in the certificate; localhost by default.</summary>
    [Parameter]
    public string HostName { get; set; } = "localhost";

    /// <summary>
    /// Whether TLS is spoken: on request (StartTls), from the start (Implicit), or not at all (None).
    /// </summary>
    [Parameter]
    public SmtpServerSecurity Security { get; set; }

    /// <summary>Refuses mail without TLS.</summary>
    [Parameter]
    public SwitchParameter RequireTls { get; set; }

    /// <summary>The certificate, with its private key; by default one is made.</summary>
    [Parameter]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Asks clients for a certificate.</summary>
    [Parameter]
    public SwitchParameter RequestClientCertificate { get; set; }

    /// <summary>
    /// Who may log in; for XOAUTH2 the token stands in place of the password. Without any, no login is offered.
    /// </summary>
    [Parameter]
    public PSCredential[] Credential { get; set; } = [];

    /// <summary>Refuses mail without a login.</summary>
    [Parameter]
    public SwitchParameter RequireAuthentication { get; set; }

    /// <summary>Offers the login also before STARTTLS.</summary>
    [Parameter]
    public SwitchParameter AllowPlaintextAuth { get; set; }

    /// <summary>The SASL mechanisms to offer, of PLAIN, LOGIN, CRAM-MD5 and XOAUTH2; all by default.</summary>
    [Parameter]
    [ValidateSet("PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2")]
    public string[]? Mechanism { get; set; }

    /// <summary>The service extensions to offer, such as Size, Dsn and Pipelining; all by default.</summary>
    [Parameter]
    public SmtpServerExtensions Extension { get; set; } = SmtpServerExtensions.All;

    /// <summary>The largest message in octets; 256MB by default.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long? MaxMessageSize { get; set; }

    /// <summary>The most recipients of one message; 1,000 by default.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? MaxRecipients { get; set; }

    /// <summary>Faults to make, such as 'rcpt:2=550 5.1.1 no such user' or 'data=drop'.</summary>
    [Parameter]
    public string[] Fault { get; set; } = [];

    /// <summary>
    /// A folder to write the messages to, an .eml file and a .json file with the envelope each. By default they stay in
    /// memory.
    /// </summary>
    [Parameter]
    public string? Folder { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        var options = new SmtpTestServerOptions
        {
            Port = Port,
            HostName = HostName,
            Security = Security,
            RequireTls = RequireTls,
            Certificate = Certificate,
            RequestClientCertificate = RequestClientCertificate,
            Users = Credential.ToDictionary(c => c.UserName, c => Secrets.Reveal(c.Password), StringComparer.Ordinal),
            RequireAuthentication = RequireAuthentication,
            AllowPlaintextAuth = AllowPlaintextAuth,
            Extensions = Extension,
            Faults = FaultScript.Parse(Fault),
            Folder = Folder is null ? null : FilePaths.Full(SessionState, Folder),
        };
        options = options with
        {
            Addresses = Address.Length == 0 ? options.Addresses : Address,
            Mechanisms = Mechanism ?? options.Mechanisms,
            MaxMessageSize = MaxMessageSize ?? options.MaxMessageSize,
            MaxRecipients = MaxRecipients ?? options.MaxRecipients,
        };
        WriteObject(Await(token => SmtpTestServer.StartAsync(options, token)));
    }
}
