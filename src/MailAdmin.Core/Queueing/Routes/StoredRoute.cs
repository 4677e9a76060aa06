using System.Net.Sockets;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Queueing.Routes;

/// <summary>A <see cref="RouteRequest"/> as it is stored: JSON in which every secret is protected.</summary>
internal sealed record StoredRoute
{
    /// <summary>The form; a newer one is refused.</summary>
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public SendMethodId? Method { get; init; }

    public string? Domain { get; init; }

    public CloudEnvironment Environment { get; init; }

    public string Host { get; init; } = "";

    public int? Port { get; init; }

    public ConnectionSecurity Security { get; init; }

    public StoredLogin? Login { get; init; }

    public string? Mechanism { get; init; }

    public bool AllowPlaintextAuth { get; init; }

    public StoredCertificate? Certificate { get; init; }

    public bool SkipCertificateCheck { get; init; }

    /// <summary>The only authorities to trust, in DER.</summary>
    public IReadOnlyList<byte[]>? TrustedRoots { get; init; }

    public string? LocalHost { get; init; }

    public SmtpTimeouts Timeouts { get; init; } = new();

    public TimeSpan ConnectTimeout { get; init; }

    public AddressFamily AddressFamily { get; init; }

    public string? SourceAddress { get; init; }

    /// <summary>The proxy without its login.</summary>
    public string? Proxy { get; init; }

    /// <summary>User and password of the proxy, protected.</summary>
    public byte[]? ProxyLogin { get; init; }

    public int? BatchSize { get; init; }

    public bool RequireAllRecipients { get; init; }

    public bool? SavesCopy { get; init; }

    public IReadOnlyList<string> NameServers { get; init; } = [];
}
