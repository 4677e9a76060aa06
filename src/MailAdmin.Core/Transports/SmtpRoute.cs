using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>The way to one SMTP server, and what is demanded of it.</summary>
public sealed record SmtpRoute
{
    private const int ImplicitTlsPort = 465;
    private const int SubmissionPort = 587;
    private const int RelayPort = 25;

    // It is part of the handshake; what cannot be found out in time must not make the handshake itself too late.
    private static readonly TimeSpan MaxRetrieval = TimeSpan.FromSeconds(5);

    /// <summary>The server's name or address; its certificate must be for it.</summary>
    public required string Host { get; init; }

    /// <summary>
    /// True to go on to the host's other addresses and to <see cref="FurtherHosts"/> when no session can be had for
    /// now: what a domain's mail exchanges are for (RFC 5321 §5.1).
    /// </summary>
    public bool FailsOver { get; init; }

    /// <summary>The hosts to try after <see cref="Host"/>, in order, if <see cref="FailsOver"/>.</summary>
    public IReadOnlyList<string> FurtherHosts { get; init; } = [];

    /// <summary>The way as reports name it: <c>Smtp</c>, or a method of sending such as <c>DirectSend</c>.</summary>
    public string Method { get; init; } = "Smtp";

    /// <summary>The port; null for <see cref="EffectivePort"/>'s choice.</summary>
    public int? Port { get; init; }

    /// <summary>What is demanded of TLS; <see cref="ConnectionSecurity.Auto"/>.</summary>
    public ConnectionSecurity Security { get; init; }

    /// <summary>What to log in with; null to send without a login.</summary>
    public SaslCredential? Credential { get; init; }

    /// <summary>The SASL mechanism to use, such as <c>LOGIN</c>; null for the best that both sides have.</summary>
    public string? Mechanism { get; init; }

    /// <summary>The certificate to present within TLS, with its private key; null for none.</summary>
    public X509CertificateCollection? ClientCertificates { get; init; }

    /// <summary>Accepts any certificate; its faults become warnings.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>The only certificate authorities to trust; null for those of the system.</summary>
    public X509Certificate2Collection? TrustedRoots { get; init; }

    /// <summary>Allows a login over a connection without TLS.</summary>
    public bool AllowPlaintextAuth { get; init; }

    /// <summary>
    /// How this machine names itself in EHLO; null for its full name or, if it has none, its address as a literal.
    /// </summary>
    public string? LocalHost { get; init; }

    /// <summary>How long each stage may take.</summary>
    public SmtpTimeouts Timeouts { get; init; } = new();

    /// <summary>How to connect.</summary>
    public DialOptions Dial { get; init; } = new();

    /// <summary>The most recipients of one transaction; null for what the server takes.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Sends a message to all of its recipients or, when one is refused, to none.</summary>
    public bool RequireAllRecipients { get; init; }

    /// <summary>
    /// <see cref="Port"/>, or else 465 for <see cref="ConnectionSecurity.Implicit"/>, 587 with a credential, 25
    /// without.
    /// </summary>
    public int EffectivePort => Port ??
        (Security == ConnectionSecurity.Implicit ? ImplicitTlsPort : Credential is null ? RelayPort : SubmissionPort);

    /// <summary><see cref="Security"/>, with <see cref="ConnectionSecurity.Auto"/> resolved.</summary>
    public ConnectionSecurity EffectiveSecurity
    {
        get
        {
            if (Security != ConnectionSecurity.Auto)
            {
                return Security;
            }

            if (EffectivePort == ImplicitTlsPort)
            {
                return ConnectionSecurity.Implicit;
            }

            return Credential is not null || ClientCertificates is { Count: > 0 } || EffectivePort == SubmissionPort
                ? ConnectionSecurity.StartTls
                : ConnectionSecurity.StartTlsWhenAvailable;
        }
    }

    /// <summary><c>host:port</c>.</summary>
    public string Server => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{EffectivePort}");

    /// <summary>False for a full TLS handshake with each connection.</summary>
    internal bool ResumesTls { get; init; } = true;

    /// <summary>True when a bad certificate is only a warning: nothing but the mail itself is at stake.</summary>
    internal bool BadCertificateIsWarning =>
        EffectiveSecurity == ConnectionSecurity.StartTlsWhenAvailable && Credential is null
            && ClientCertificates is not { Count: > 0 };

    internal TlsClientOptions TlsOptions => new()
    {
        TargetHost = Host,
        ClientCertificates = ClientCertificates,
        SkipCertificateCheck = SkipCertificateCheck,
        BadCertificateIsWarning = BadCertificateIsWarning,
        TrustedRoots = TrustedRoots,
        Resumes = ResumesTls,
        RetrievalTimeout = Timeouts.TlsHandshake < MaxRetrieval * 2 ? Timeouts.TlsHandshake / 2 : MaxRetrieval,
    };
}
