using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace MailAdmin.Net;

/// <summary>The client's side: offers a certificate, judges the server's, keeps what it found.</summary>
internal sealed class ClientTlsHandshake(TlsClientOptions options, TimeProvider time) : ITlsHandshake
{
    private readonly SslStreamCertificateContext? _certificate = CertificateContext(options.ClientCertificates);
    private IReadOnlyList<CertificateFault> _faults = [];
    private IReadOnlyList<X509Certificate2> _chain = [];
    private bool _certificateRequested;

    public Task RunAsync(SslStream stream, CancellationToken cancellationToken) =>
        stream.AuthenticateAsClientAsync(ToSslOptions(), cancellationToken);

    public TlsSession Describe(SslStream stream, IReadOnlyList<string> warnings) => new(
        stream.SslProtocol,
        stream.NegotiatedCipherSuite,
        stream.RemoteCertificate as X509Certificate2,
        _faults,
        [.. warnings, .. _faults.Select(f => $"Certificate of {options.TargetHost}: {f.Explanation}. {f.Remedy}")])
    {
        Chain = _chain,
        ClientCertificateRequested = Observes ? _certificateRequested : null,
    };

    public MailException Explain(string host, Exception cause, ReadOnlySpan<byte> first)
    {
        if (cause is AuthenticationException && _faults.Any(f => !f.IsOnlyWarning))
        {
            return new CertificateException(options.TargetHost, _faults);
        }

        if (first.Length > 0 && !TlsRecord.Begins(first[0]))
        {
            return TlsFailure.PeerNotTls(host, first, cause);
        }

        return TlsFailure.FromAlert(host, cause)
            ?? (cause is IOException ? TlsFailure.Closed(host, cause) : TlsFailure.Other(host, cause));
    }

    private static SslStreamCertificateContext? CertificateContext(X509CertificateCollection? certificates)
    {
        if (certificates is not { Count: > 0 })
        {
            return null;
        }

        var all = ClientCertificate.WithKeyFirst(certificates.OfType<X509Certificate2>(), "The client certificate");
        return SslStreamCertificateContext.Create(all[0], [.. all.Skip(1)], offline: true);
    }

    private bool Observes => options.ObservesCertificateRequest && _certificate is null;

    private SslClientAuthenticationOptions ToSslOptions() => new()
    {
        TargetHost = options.TargetHost,
        EnabledSslProtocols = options.Protocols,
        AllowTlsResume = options.Resumes,
        ClientCertificateContext = _certificate,
        CertificateChainPolicy = ChainPolicy(options, time),
        RemoteCertificateValidationCallback = Judge,
        LocalCertificateSelectionCallback = Observes ? NoticeRequest : null,
    };

    /// <summary>How a server's certificate is to be judged.</summary>
    internal static X509ChainPolicy ChainPolicy(TlsClientOptions options, TimeProvider time)
    {
        var policy = new X509ChainPolicy
        {
            RevocationMode = options.SkipCertificateCheck ? X509RevocationMode.NoCheck : options.Revocation,
            RevocationFlag = X509RevocationFlag.ExcludeRoot,
            UrlRetrievalTimeout = options.RetrievalTimeout,
            VerificationTime = time.GetLocalNow().DateTime,
            VerificationTimeIgnored = false,
        };
        policy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.1"));
        if (options.TrustedRoots is { } roots)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        return policy;
    }

    // It is called before the handshake as well; the server's certificate is known only when the server asks.
    private X509Certificate NoticeRequest(
        object sender, string host, X509CertificateCollection local, X509Certificate? remote, string[] issuers)
    {
        _certificateRequested |= remote is not null;
        return null!;
    }

    private bool Judge(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        _faults = CertificateJudge.FindFaults(
            options.TargetHost, certificate as X509Certificate2, chain, errors, time.GetUtcNow());
        _chain = [.. (chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            .Select(element => new X509Certificate2(element.Certificate.RawData))];
        return options.SkipCertificateCheck || options.BadCertificateIsWarning || _faults.All(f => f.IsOnlyWarning);
    }
}
