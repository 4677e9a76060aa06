namespace MailAdmin.Server;

/// <summary>
/// The server's part of one SASL mechanism (RFC 4422): a response in, a challenge or the attempt out.
/// </summary>
internal abstract class LoginExchange
{
    /// <summary>The mechanisms that <see cref="Create"/> knows, best first.</summary>
    public static IReadOnlyList<string> Names { get; } = ["CRAM-MD5", "PLAIN", "LOGIN", "XOAUTH2"];

    /// <summary>The mechanism's exchange, or null when the name is none of the known ones.</summary>
    public static LoginExchange? Create(string mechanism, SmtpTestServerOptions options) => mechanism switch
    {
        "PLAIN" => new PlainLogin(),
        "LOGIN" => new LoginLogin(),
        "CRAM-MD5" => new CramMd5Login(
            $"<{options.Nonce()}.{options.Time.GetUtcNow().ToUnixTimeSeconds()}@{options.HostName}>"),
        "XOAUTH2" => new XOAuth2Login(),
        _ => null,
    };

    /// <summary>Takes the next response, decoded; null at the start when the AUTH command carries none.</summary>
    public abstract LoginStep Respond(byte[]? response);

    /// <summary>What is sent as one more challenge before a refusal; null for a mechanism without that.</summary>
    public virtual byte[]? FailureChallenge => null;
}
