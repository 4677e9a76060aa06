using System.Management.Automation;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;

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
/// <para>
/// With -Personality it behaves like a service of Microsoft 365: it enforces the limits of November 2026 and says that
/// service's replies. ExchangeOnlineSubmission wants TLS and the login of an account, lets it send as itself and as its
/// SendAs addresses, and takes 30 messages a minute, 3 connections and 500 recipients a message; beyond 30 messages it
/// refuses for the time being, where the service delays. Hve takes 50 recipients, and names what is wrong with an
/// XOAUTH2 argument or its token; signatures of tokens are not looked at. MxEndpoint takes mail for the accepted
/// domains from anyone, and for others through a connector. The host names in the replies are made up.
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
/// <example>
/// <para>Rehearse an error of Exchange Online: SMTP AUTH is off for one mailbox, another may send as info</para>
/// <code>
/// $server = Start-SmtpTestServer -Personality ExchangeOnlineSubmission -Account @{
///     'scanner@contoso.com' = 'SmtpAuthDisabled'
///     'alarm@contoso.com'   = @{ SendAs = 'info@contoso.com' }
/// }
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
/// <example>
/// <para>Relay through a connector by address</para>
/// <code>
/// $tenant = @{ AcceptedDomain = 'contoso.com'; Connector = '127.0.0.1', '::1' }
/// $server = Start-SmtpTestServer -Personality MxEndpoint @tenant -RejectDirectSend
/// Send-RelayMail joe@fabrikam.example 'Relay' 'It works.' localhost -Port $server.Port -From scan@contoso.com
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

    /// <summary>The service to behave like: ExchangeOnlineSubmission, Hve or MxEndpoint.</summary>
    [Parameter]
    public PersonalityKind? Personality { get; set; }

    /// <summary>
    /// The accounts of a personality: addresses, or a table of addresses with a state such as SmtpAuthDisabled, or with
    /// a table of State, SendAs, Password and Token. Without a password any is right; without a token any that has the
    /// right audience, permission and time. -Credential adds accounts, or gives these their passwords.
    /// </summary>
    [Parameter]
    [Accounts]
    [ArgumentCompleter(typeof(AccountStateCompleter))]
    public MailboxAccount[] Account { get; set; } = [];

    /// <summary>The domains of the tenant whose MX endpoint it is.</summary>
    [Parameter]
    public string[] AcceptedDomain { get; set; } = [];

    /// <summary>The mailboxes of the MX endpoint; by default every address of the accepted domains is one.</summary>
    [Parameter]
    public string[] Mailbox { get; set; } = [];

    /// <summary>Mailboxes of the MX endpoint that are full.</summary>
    [Parameter]
    public string[] FullMailbox { get; set; } = [];

    /// <summary>
    /// Whose mail the MX endpoint relays: addresses, networks such as 192.0.2.0/24, or names of client certificates.
    /// </summary>
    [Parameter]
    public string[] Connector { get; set; } = [];

    /// <summary>Makes the MX endpoint refuse mail from its own domains that comes through no connector.</summary>
    [Parameter]
    public SwitchParameter RejectDirectSend { get; set; }

    /// <summary>Makes the MX endpoint say that the tenant is in another region.</summary>
    [Parameter]
    public SwitchParameter WrongRegion { get; set; }

    /// <summary>Makes Hve refuse tokens with its first codes, 501 5.5.127 to 5.5.129.</summary>
    [Parameter]
    public SwitchParameter FirstTokenCodes { get; set; }

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
        options = Settings(options.Users).Create()?.Apply(options) ?? options;
        WriteObject(Await(token => SmtpTestServer.StartAsync(options, token)));
    }

    private PersonalitySettings Settings(IReadOnlyDictionary<string, string> users) => new()
    {
        Kind = Personality,
        Accounts = Account,
        Users = users,
        AcceptedDomains = AcceptedDomain,
        Mailboxes = Mailbox,
        FullMailboxes = FullMailbox,
        Connectors = Connector,
        RejectDirectSend = RejectDirectSend,
        IsWrongRegion = WrongRegion,
        UseFirstTokenCodes = FirstTokenCodes,
    };
}
