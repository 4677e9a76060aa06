using System.Buffers;
using System.Net;
using System.Net.Security;

namespace MailAdmin.Sasl;

/// <summary>The context as .NET provides it: SSPI on Windows, the system's GSS-API library elsewhere.</summary>
internal sealed class NegotiateContext : INegotiateContext
{
    private readonly string _package;
    private readonly string _target;
    private readonly NegotiateAuthentication _inner;

    /// <param name="package"><c>NTLM</c> or <c>Kerberos</c>.</param>
    /// <param name="credential">A password, or the account of the operating system.</param>
    /// <param name="at">The server.</param>
    public NegotiateContext(string package, SaslCredential credential, SaslContext at)
    {
        _package = package;
        _target = $"{at.Service}/{at.Host}";
        _inner = new NegotiateAuthentication(new NegotiateAuthenticationClientOptions
        {
            Package = package,
            TargetName = _target,
            Credential = credential is PasswordCredential login
                ? Split(login.User, login.RevealPassword())
                : CredentialCache.DefaultNetworkCredentials,
            RequiredProtectionLevel = package == "Kerberos" ? ProtectionLevel.Sign : ProtectionLevel.None,
            RequireMutualAuthentication = package == "Kerberos",
        });
    }

    public bool IsEstablished { get; private set; }

    public byte[] Step(ReadOnlySpan<byte> token)
    {
        var answer = Answer(token, out var status);
        IsEstablished = status == NegotiateAuthenticationStatusCode.Completed;
        return IsEstablished || status == NegotiateAuthenticationStatusCode.ContinueNeeded
            ? answer ?? []
            : throw new SaslException("SaslNegotiateFailed", Explain(status), Remedy(status));
    }

    public byte[] Unwrap(ReadOnlySpan<byte> sealedMessage)
    {
        var plain = new ArrayBufferWriter<byte>();
        var status = _inner.Unwrap(sealedMessage, plain, out _);
        return status == NegotiateAuthenticationStatusCode.Completed
            ? plain.WrittenSpan.ToArray()
            : throw SaslException.BadChallenge(_package, $"its message cannot be verified ({status})");
    }

    public byte[] Wrap(ReadOnlySpan<byte> message)
    {
        var wrapped = new ArrayBufferWriter<byte>();
        var status = _inner.Wrap(message, wrapped, requestEncryption: false, out _);
        return status == NegotiateAuthenticationStatusCode.Completed
            ? wrapped.WrittenSpan.ToArray()
            : throw SaslException.BadChallenge(_package, $"the context cannot sign ({status})");
    }

    public void Dispose() => _inner.Dispose();

    private byte[]? Answer(ReadOnlySpan<byte> token, out NegotiateAuthenticationStatusCode status)
    {
        try
        {
            return _inner.GetOutgoingBlob(token, out status);
        }
        catch (ArgumentException)
        {
            // What .NET's managed NTLM throws at a challenge that is too short.
            status = NegotiateAuthenticationStatusCode.InvalidToken;
            return null;
        }
    }

    // DOMAIN\user; user@realm stays whole, as the platforms split it themselves.
    private static NetworkCredential Split(string user, string password) => user.Split('\\', 2) switch
    {
        [var domain, var name] => new NetworkCredential(name, password, domain),
        _ => new NetworkCredential(user, password),
    };

    private string Explain(NegotiateAuthenticationStatusCode status) => status switch
    {
        NegotiateAuthenticationStatusCode.Unsupported => $"This machine cannot do {_package}.",
        NegotiateAuthenticationStatusCode.UnknownCredentials =>
            $"This account has no {_package} credential that can be used.",
        NegotiateAuthenticationStatusCode.CredentialsExpired => $"The {_package} credential has expired.",
        NegotiateAuthenticationStatusCode.TargetUnknown => $"The domain does not know the service {_target}.",
        NegotiateAuthenticationStatusCode.InvalidToken => $"The server's {_package} token is not valid.",
        _ => $"The {_package} login for {_target} failed on this side ({status}).",
    };

    private string Remedy(NegotiateAuthenticationStatusCode status) => (status, _package) switch
    {
        (NegotiateAuthenticationStatusCode.Unsupported, "NTLM") =>
            "On Linux install the package gss-ntlmssp, or choose another mechanism.",
        (_, "Kerberos") =>
            "Log in to the domain (on Linux: kinit), and use the server's full name as it stands in the domain.",
        _ => "Pass user name and password, or choose another mechanism.",
    };
}
