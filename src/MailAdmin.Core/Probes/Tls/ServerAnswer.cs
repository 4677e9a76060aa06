using System.Net.Security;

namespace MailAdmin.Probes.Tls;

/// <summary>What a server answered to a ClientHello.</summary>
internal abstract record ServerAnswer
{
    private ServerAnswer()
    {
    }

    /// <summary>It chose; a HelloRetryRequest counts, as it names its choice as well (RFC 8446 §4.1.4).</summary>
    public sealed record Hello(int Version, TlsCipherSuite CipherSuite, bool IsRetry) : ServerAnswer;

    /// <summary>It refused (RFC 8446 §6).</summary>
    public sealed record Alert(int Level, int Description) : ServerAnswer;

    /// <summary>Octets that are no answer of a TLS server.</summary>
    public sealed record NotTls : ServerAnswer;

    /// <summary>It closed the connection without a word.</summary>
    public sealed record Closed : ServerAnswer;

    /// <summary>It said nothing in time.</summary>
    public sealed record Silent : ServerAnswer;
}
