using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Net;

namespace MailAdmin.Server;

/// <summary>
/// How an embedded server behaves. The defaults make one that takes everything, from this machine only.
/// </summary>
public sealed record SmtpTestServerOptions
{
    private const int ShortestLine = 512;

    /// <summary>
    /// The addresses to listen at. By default the two loopback addresses; one that this machine lacks is skipped as
    /// long as another is left.
    /// </summary>
    public IReadOnlyList<IPAddress> Addresses { get; init; } = [IPAddress.Loopback, IPAddress.IPv6Loopback];

    /// <summary>The port; 0, the default, takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>The name in the greeting and in the certificate.</summary>
    public string HostName { get; init; } = "localhost";

    /// <summary>Whether and how TLS is spoken. By default it is not.</summary>
    public SmtpServerSecurity Security { get; init; }

    /// <summary>MAIL FROM and AUTH are refused without TLS (530).</summary>
    public bool RequireTls { get; init; }

    /// <summary>A certificate with its private key; null makes a self-signed one for <see cref="HostName"/>,
    /// localhost and the addresses.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>The versions of TLS; None leaves the choice to the system.</summary>
    public SslProtocols TlsProtocols { get; init; }

    /// <summary>
    /// Asks clients for a certificate. Any is taken, none is too; see <see cref="SmtpSessionInfo.ClientCertificate"/>.
    /// </summary>
    public bool RequestClientCertificate { get; init; }

    /// <summary>
    /// Users with their password, or their token for XOAUTH2. With none and no <see cref="Authenticate"/>, AUTH is not
    /// offered.
    /// </summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>Judges logins in place of <see cref="Users"/>; called from several connections at once.</summary>
    public Func<SmtpLogin, bool>? Authenticate { get; init; }

    /// <summary>The SASL mechanisms on offer, of PLAIN, LOGIN, CRAM-MD5 and XOAUTH2; all by default.</summary>
    public IReadOnlyList<string> Mechanisms { get; init; } = LoginExchange.Names;

    /// <summary>MAIL FROM is refused without a login (530).</summary>
    public bool RequireAuthentication { get; init; }

    /// <summary>With STARTTLS on offer, AUTH is offered before it too. A server without TLS always offers it.</summary>
    public bool AllowPlaintextAuth { get; init; }

    /// <summary>The service extensions on offer; all by default.</summary>
    public SmtpServerExtensions Extensions { get; init; } = SmtpServerExtensions.All;

    /// <summary>The largest message in octets; 256 MiB by default.</summary>
    public long MaxMessageSize { get; init; } = 256L * 1024 * 1024;

    /// <summary>Recipients of one message; 1,000 by default. More get 452.</summary>
    public int MaxRecipients { get; init; } = 1000;

    /// <summary>Messages of one connection; 0, the default, for no limit. More get 452.</summary>
    public int MaxMessagesPerConnection { get; init; }

    /// <summary>Connections at once; 250 by default. More get 421.</summary>
    public int MaxConnections { get; init; } = 250;

    /// <summary>
    /// The longest command line in octets with CRLF; 2,048 by default, of RFC 5321's 512 plus what extensions add.
    /// </summary>
    public int MaxCommandLength { get; init; } = 2048;

    /// <summary>The longest line of AUTH in octets with CRLF; 12,288 by default (RFC 4954 §4).</summary>
    public int MaxAuthLineLength { get; init; } = 12_288;

    /// <summary>Takes content with bare CR or LF as it is. By default such a message is refused with 550. In neither
    /// case does a bare one end a line.</summary>
    public bool AllowBareNewlines { get; init; }

    /// <summary>
    /// A connection on which nothing comes for so long is closed with 421; 5 minutes by default (RFC 5321 §4.5.3.2.7).
    /// </summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long transactions in progress may go on when the server stops; 2 seconds by default.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>A folder for the messages: <c>ID.eml</c> with the content and <c>ID.json</c> with the envelope, for the
    /// owner's eyes only. It is made when it does not exist. Null keeps them in memory.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// How many messages <see cref="SmtpTestServer.Messages"/> holds; older ones leave it. 10,000 by default.
    /// </summary>
    public int MaxMessagesKept { get; init; } = 10_000;

    /// <summary>Faults that are made on purpose; none by default.</summary>
    public FaultScript Faults { get; init; } = FaultScript.None;

    /// <summary>Decides the replies in place of the server; null for its own behaviour.</summary>
    public ISmtpServerPolicy? Policy { get; init; }

    /// <summary>
    /// Gives the transcript of a connection, secrets masked, or null for none; several connections may share one. What
    /// the server says is <see cref="ITranscript.Sent"/>. The server does not dispose it. What the function throws ends
    /// the server's listening and comes out of <see cref="SmtpTestServer.StopAsync"/>.
    /// </summary>
    public Func<SmtpSessionInfo, ITranscript?>? Transcript { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Makes the unpredictable part of identifiers and challenges.</summary>
    internal Func<string> Nonce { get; init; } =
        () => Convert.ToHexString(RandomNumberGenerator.GetBytes(8)).ToLowerInvariant();

    internal bool KnowsUsers => Users.Count > 0 || Authenticate is not null;

    internal bool Offers(SmtpServerExtensions extension) => (Extensions & extension) != 0;

    /// <exception cref="SmtpTestServerException">The options make no sense (<c>InvalidServerOptions</c>).</exception>
    internal void Validate()
    {
        var fault =
            !DomainName.TryParse(HostName, out _, out var reason) ? $"the host name cannot be used: {reason}"
            : Addresses.Count == 0 ? "there is no address to listen at"
            : Port is < 0 or > ushort.MaxValue ? "the port is not from 0 to 65535"
            : RequireTls && Security == SmtpServerSecurity.None ? "TLS is required and not offered"
            : RequireAuthentication && !KnowsUsers ? "a login is required and there are no users"
            : Mechanisms.Except(LoginExchange.Names, StringComparer.OrdinalIgnoreCase).FirstOrDefault() is { } unknown
                ? $"the server does not know the mechanism '{unknown}'"
            : MaxConnections < 1 || MaxRecipients < 1 || MaxMessageSize < 1 ? "a limit is below 1"
            : MaxMessagesKept < 0 || MaxMessagesPerConnection < 0 ? "a limit is below 0"
            : MaxCommandLength < ShortestLine || MaxAuthLineLength < ShortestLine
                ? $"a line must be allowed {ShortestLine} octets (RFC 5321 section 4.5.3.1.4)"
            : IdleTimeout <= TimeSpan.Zero || StopTimeout < TimeSpan.Zero ? "a time limit is not positive"
            : null;
        if (fault is not null)
        {
            throw new SmtpTestServerException(
                "InvalidServerOptions",
                MailErrorKind.InvalidInput,
                $"The test server cannot be started so: {fault}.",
                "Correct the option.");
        }
    }
}
