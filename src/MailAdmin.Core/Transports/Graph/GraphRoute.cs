using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;
using MailAdmin.Sasl;

namespace MailAdmin.Transports.Graph;

/// <summary>The way through Microsoft Graph: which cloud, whose mailbox, with which tokens.</summary>
public sealed record GraphRoute
{
    /// <summary>The way as reports name it.</summary>
    internal const string MethodName = "Graph";

    /// <summary>Where the service is, with its version: <c>https://graph.microsoft.com/v1.0/</c>.</summary>
    public required Uri Address { get; init; }

    /// <summary>Where tokens for the service come from: of an application, or of a user who signed in.</summary>
    public required IAccessTokenSource Tokens { get; init; }

    /// <summary>
    /// The mailbox to send from, as its address or id; null for that of each message's sender. An application's token
    /// does not say whose mailbox it is for.
    /// </summary>
    public string? Mailbox { get; init; }

    /// <summary>
    /// Whether a copy is kept in Sent Items. Without one, a message must fit into one request, and is taken apart for
    /// it.
    /// </summary>
    public bool SaveToSentItems { get; init; } = true;

    /// <summary>How to connect. Without a proxy here, the system's is used if it has one.</summary>
    public DialOptions Dial { get; init; } = new();

    /// <summary>The only certificate authorities to trust; null for those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>How long the service may be silent, and take nothing; 100 seconds.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(100);

    /// <summary>How much is sent in one piece, and how long is waited.</summary>
    public GraphLimits Limits { get; init; } = new();

    /// <summary><c>host:port</c>.</summary>
    public string Server => string.Create(CultureInfo.InvariantCulture, $"{Address.Host}:{Address.Port}");

    /// <summary>The service at a host, which may have a port: always by HTTPS.</summary>
    /// <exception cref="UriFormatException">That is no host.</exception>
    internal static Uri AddressOf(string host) => new($"https://{host}/v1.0/");
}
