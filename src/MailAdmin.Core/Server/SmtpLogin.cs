using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Server;

/// <summary>An attempt to log in at the embedded server, for its users table or a callback to judge.</summary>
public sealed class SmtpLogin
{
    private readonly Func<string, bool> _proves;

    internal SmtpLogin(string mechanism, string user, string secret)
    {
        Mechanism = mechanism;
        User = user;
        Secret = secret;
        _proves = expected => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(secret));
    }

    internal SmtpLogin(string mechanism, string user, Func<string, bool> proves)
    {
        Mechanism = mechanism;
        User = user;
        _proves = proves;
    }

    /// <summary>The SASL mechanism: PLAIN, LOGIN, CRAM-MD5 or XOAUTH2.</summary>
    public string Mechanism { get; }

    /// <summary>The name that the client logs in with.</summary>
    public string User { get; }

    /// <summary>
    /// The password, or with XOAUTH2 the token; null with CRAM-MD5, which only proves that the client has it.
    /// </summary>
    public string? Secret { get; }

    /// <summary>True when the client has shown that it knows this password or token.</summary>
    public bool Proves(string secret) => _proves(secret);
}
