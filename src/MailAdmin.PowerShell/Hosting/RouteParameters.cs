using System.Management.Automation;
using System.Net;
using System.Net.Sockets;
using System.Security;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.Net;
using MailAdmin.PowerShell.Binding;
using MailAdmin.Queueing.Routes;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// The parameters that say which way mail goes, the same for all cmdlets that connect. A cmdlet hands this object to
/// PowerShell as its dynamic parameters, as it cannot inherit them beside those of another base.
/// </summary>
/// <remarks>
/// A further way, such as a profile, is a property here and a branch in <see cref="ToRoute"/>; one way only may be
/// given.
/// </remarks>
internal class RouteParameters : IDisposable
{
    private const int ImplicitTlsPort = 465;

    private DnsClient? _resolver;

    /// <summary>The SMTP server: a name or an address. Without it, $PSEmailServer.</summary>
    [Parameter(Position = 3)]
    [Alias("SmtpServer", "ComputerName")]
    public virtual string? Server { get; set; }

    /// <summary>
    /// The way of sending, in the place of a server: Submission, Hve, Acs and Gmail have servers of their own; Relay
    /// and DirectSend go to the MX hosts of -Domain, one after the other until one takes the mail; Graph is
    /// Microsoft's web service, which needs a -Token for it.
    /// </summary>
    [Parameter]
    public SendMethodId? Method { get; set; }

    /// <summary>The own domain, whose MX hosts are looked up for -Method Relay and DirectSend.</summary>
    [Parameter]
    public string? Domain { get; set; }

    /// <summary>The cloud of Microsoft 365, for the methods that have a server of their own.</summary>
    [Parameter]
    public CloudEnvironment Environment { get; set; }

    /// <summary>
    /// The DNS servers to ask, by address or name, with a port if it is not 53. By default the system looks names up.
    /// </summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>The port. By default 465 with -Security Implicit, 587 with a credential, else 25.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public virtual int? Port { get; set; }

    /// <summary>
    /// What is demanded of TLS. Auto, the default: port 465 is TLS from the start; with a credential, a client
    /// certificate or port 587 STARTTLS is required and the certificate verified; otherwise TLS is used when it is
    /// offered.
    /// </summary>
    [Parameter]
    public ConnectionSecurity Security { get; set; }

    /// <summary>Demands TLS, as with Send-MailMessage: STARTTLS, or on port 465 TLS from the start.</summary>
    [Parameter]
    public SwitchParameter UseSsl { get; set; }

    /// <summary>Who logs in. If the server offers no login, that is an error; it is never left out silently.</summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// An OAuth 2.0 access token to log in with: from Get-SmtpToken, which renews it, or as a SecureString or text. The
    /// mailbox is the user name of -Credential (with an empty password), else the token's user, else -From.
    /// </summary>
    [Parameter]
    [AccessToken]
    public IAccessTokenSource? Token { get; set; }

    /// <summary>Logs in with the account that this process runs as: Kerberos or NTLM.</summary>
    [Parameter]
    public SwitchParameter UseDefaultCredentials { get; set; }

    /// <summary>The SASL mechanism to log in with; by default the best one that the server offers.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(MechanismCompleter))]
    public string? Mechanism { get; set; }

    /// <summary>Allows the credential to travel without TLS.</summary>
    [Parameter]
    public SwitchParameter AllowPlaintextAuth { get; set; }

    /// <summary>
    /// The certificate to show the server: from Get-PfxCertificate, or the path of a PFX or PEM file.
    /// </summary>
    [Parameter]
    [ClientCertificate]
    public object? ClientCertificate { get; set; }

    /// <summary>The password of the file that -ClientCertificate names.</summary>
    [Parameter]
    public SecureString? ClientCertificatePassword { get; set; }

    /// <summary>The thumbprint of a certificate in the user's or the machine's store, to show the server.</summary>
    [Parameter]
    public string? CertificateThumbprint { get; set; }

    /// <summary>
    /// Takes any certificate from the server. Whoever is on the way can read the mail and the password then.
    /// </summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>The name to greet the server with; by default this machine's.</summary>
    [Parameter]
    public string? LocalHost { get; set; }

    /// <summary>
    /// How long to wait for the connection and for each answer: seconds, or a TimeSpan. By default the minutes of RFC
    /// 5321.
    /// </summary>
    [Parameter]
    [Seconds]
    public virtual TimeSpan? Timeout { get; set; }

    /// <summary>Connects over IPv4 or IPv6 only.</summary>
    [Parameter]
    public IPVersion AddressFamily { get; set; }

    /// <summary>The address of this machine to connect from.</summary>
    [Parameter]
    public IPAddress? SourceAddress { get; set; }

    /// <summary>A proxy to connect through: socks5://host:1080 or http://host:8080.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProxyCompleter))]
    public Uri? Proxy { get; set; }

    /// <summary>Who logs in at the proxy.</summary>
    [Parameter]
    [Credential]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The network, with the name servers that the parameters name.</summary>
    public IDialer Dialer => DnsServer.Length == 0 || _resolver is null
        ? new TcpDialer()
        : new TcpDialer(new HostAddressLookup(_resolver).FindAsync);

    /// <summary>Whether a copy is to be kept in Sent Items; null when the cmdlet was not told.</summary>
    public bool? SavesCopy { get; set; }

    /// <summary>The route that the parameters describe; for a domain, its MX hosts are looked up.</summary>
    /// <param name="cmdlet">Where $PSEmailServer and the location come from.</param>
    /// <param name="refine">Adds what parameters of the cmdlet itself demand; null for nothing.</param>
    /// <exception cref="MailException">There is no server, or parameters contradict each other.</exception>
    public MailRoute ToRoute(AsyncPSCmdlet cmdlet, Func<SmtpRoute, SmtpRoute>? refine = null)
    {
        if (DnsServer.Length > 0)
        {
            _resolver ??= NameServers.Open(cmdlet, DnsServer);
        }

        var request = ToRequest(cmdlet, refine) ?? throw new InputException(
            "NoServer",
            "It is not said which server is to take the mail.",
            "Use -Server or -Method, or set $PSEmailServer to the server's name.");
        return request.Method is { } method
            ? FindRoute(cmdlet, method, request)
            : new SmtpMailRoute(request.Wishes);
    }

    /// <summary>The route that the parameters describe, as it is asked for: nothing is looked up.</summary>
    /// <param name="cmdlet">Where $PSEmailServer and the location come from.</param>
    /// <param name="refine">Adds what parameters of the cmdlet itself demand; null for nothing.</param>
    /// <returns>Null when neither a server nor a method is given.</returns>
    /// <exception cref="MailException">Parameters contradict each other.</exception>
    public RouteRequest? ToRequest(AsyncPSCmdlet cmdlet, Func<SmtpRoute, SmtpRoute>? refine = null)
    {
        var wishes = refine is null ? Wishes(cmdlet) : refine(Wishes(cmdlet));
        if (Method is null && SavesCopy is not null)
        {
            throw new InputException(
                "MethodHasNoSentItemsChoice",
                "A server of SMTP leaves no choice whether a copy is kept in Sent Items.",
                "Leave -SaveToSentItems out, or use -Method Graph.");
        }

        if (Method is null && !string.IsNullOrEmpty(Domain))
        {
            throw new InputException(
                "DomainWithoutMethod",
                "-Domain alone does not say which way the mail goes.",
                "Add -Method Relay or -Method DirectSend; or use -Server.");
        }

        if (Method is not null && !string.IsNullOrEmpty(Server))
        {
            throw new InputException(
                "TwoRoutes", "-Server and -Method both say which way the mail goes.", "Leave one of them out.");
        }

        var host = string.IsNullOrEmpty(Server) ? cmdlet.GetVariableValue("PSEmailServer") as string : Server;
        return Method is null && string.IsNullOrEmpty(host)
            ? null
            : new RouteRequest
            {
                Method = Method,
                Domain = string.IsNullOrEmpty(Domain) ? null : DomainName.Parse(Domain),
                Environment = Environment,
                Wishes = Method is null ? wishes with { Host = host! } : wishes,
                NameServers = DnsServer,
                SavesCopy = SavesCopy,
            };
    }

    /// <summary>The route that the parameters describe, for a command that speaks SMTP itself.</summary>
    /// <param name="cmdlet">Where $PSEmailServer and the location come from.</param>
    /// <exception cref="MailException">As <see cref="ToRoute"/>, or the method is not SMTP.</exception>
    public SmtpRoute ToSmtpRoute(AsyncPSCmdlet cmdlet) => ToRoute(cmdlet) is SmtpMailRoute { Route: var route }
        ? route
        : throw new InputException(
            "MethodIsNotSmtp",
            $"{Method} does not speak SMTP, which this command tests.",
            "Choose a method of SMTP; Get-SendMethod shows which fit.",
            MailErrorKind.NotSupported);

    /// <summary>The name servers that -DnsServer names, once there is a route; null for the system's.</summary>
    public DnsClient? NamedServers => DnsServer.Length == 0 ? null : _resolver;

    /// <inheritdoc/>
    public void Dispose()
    {
        _resolver?.Dispose();
        GC.SuppressFinalize(this);
    }

    private MailRoute FindRoute(AsyncPSCmdlet cmdlet, SendMethodId method, RouteRequest request)
    {
        // Direct Send asks about recipients later on, so the resolver lives as long as this object.
        _resolver ??= new DnsClient();
        var catalog = SendMethodCatalog.Load(System.Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable));
        var finder = new MailRouteFinder(catalog, new MxEndpointFinder(_resolver)) { SavesCopy = SavesCopy };
        return cmdlet.Await(token =>
            finder.FindAsync(method, request.Domain, request.Environment, request.Wishes, token));
    }

    private SmtpRoute Wishes(PSCmdlet cmdlet) => new()
    {
        Host = "",
        Port = Port,
        Security = EffectiveSecurity(),
        Credential = RouteLogin.Of(Credential, UseDefaultCredentials, Token, SenderOf(cmdlet)),
        Mechanism = Mechanism,
        AllowPlaintextAuth = AllowPlaintextAuth,
        ClientCertificates = Certificates(cmdlet),
        SkipCertificateCheck = SkipCertificateCheck,
        LocalHost = LocalHost,
        Timeouts = Timeout is { } limit ? SmtpTimeouts.All(limit) : new SmtpTimeouts(),
        Dial = Dial(),
    };

    // Of those cmdlets that have a sender, it is the mailbox of a token that says nothing of its own.
    private static string? SenderOf(PSCmdlet cmdlet) =>
        cmdlet.MyInvocation.BoundParameters.GetValueOrDefault("From") as string;

    private ConnectionSecurity EffectiveSecurity() => Security switch
    {
        _ when !UseSsl => Security,
        ConnectionSecurity.None => throw new InputException(
            "SecurityClash", "-UseSsl demands TLS, and -Security None forbids it.", "Leave one of them out."),
        ConnectionSecurity.Implicit => Security,
        _ => Port == ImplicitTlsPort ? ConnectionSecurity.Implicit : ConnectionSecurity.StartTls,
    };

    private X509Certificate2Collection? Certificates(PSCmdlet cmdlet) => (ClientCertificate, CertificateThumbprint)
        switch
    {
        (null, null) => null,
        (null, { } thumbprint) => MailAdmin.Net.ClientCertificate.FindInStore(thumbprint),
        (X509Certificate2 certificate, null) => [certificate],
        (string path, null) => MailAdmin.Net.ClientCertificate.Load(
            FilePaths.Full(cmdlet.SessionState, path),
            keyPath: null,
            ClientCertificatePassword is null ? null : Secrets.Reveal(ClientCertificatePassword)),
        _ => throw new InputException(
            "TwoClientCertificates",
            "-ClientCertificate and -CertificateThumbprint both name a certificate.",
            "Leave one of them out."),
    };

    private DialOptions Dial()
    {
        var options = new DialOptions
        {
            AddressFamily = AddressFamily switch
            {
                IPVersion.IPv4 => System.Net.Sockets.AddressFamily.InterNetwork,
                IPVersion.IPv6 => System.Net.Sockets.AddressFamily.InterNetworkV6,
                _ => System.Net.Sockets.AddressFamily.Unspecified,
            },
            SourceAddress = SourceAddress,
            Proxy = Secrets.WithLogin(Proxy, ProxyCredential),
        };
        return Timeout is { } limit ? options with { ConnectTimeout = limit } : options;
    }
}
