using System.Collections.Immutable;
using System.Security.Cryptography;

namespace MailAdmin.Sasl;

/// <summary>
/// The mechanisms of this product and the choice among them. Tokens: XOAUTH2 first, as Microsoft and Google know it
/// best, then OAUTHBEARER. Passwords: SCRAM, in which the server must prove that it knows the password too; then under
/// TLS the password itself (PLAIN, LOGIN) rather than CRAM-MD5, which adds nothing there and fails where a server keeps
/// only hashes. Without TLS CRAM-MD5 comes before these. NTLM and GSSAPI: only
/// for the account of the operating system, or when they are asked for by name.
/// </summary>
public static class SaslMechanisms
{
    private static readonly ImmutableArray<string> ForTokens = ["XOAUTH2", "OAUTHBEARER"];
    private static readonly ImmutableArray<string> ForSystemAccount = ["GSSAPI", "NTLM"];

    private static readonly ImmutableArray<string> ForPasswordsUnderTls =
        ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN", "LOGIN", "CRAM-MD5"];

    private static readonly ImmutableArray<string> ForPasswordsInClear =
        ["SCRAM-SHA-256", "SCRAM-SHA-1", "CRAM-MD5", "PLAIN", "LOGIN"];

    private static readonly ImmutableArray<SaslMechanismEntry> Known =
    [
        SaslMechanismEntry.ForToken("XOAUTH2", (user, token, _) => new XOAuth2Mechanism(user, token)),
        SaslMechanismEntry.ForToken(
            "OAUTHBEARER", (user, token, at) => new OAuthBearerMechanism(user, token, at.Host, at.Port)),
        Scram("SCRAM-SHA-256", HashAlgorithmName.SHA256),
        Scram("SCRAM-SHA-1", HashAlgorithmName.SHA1),
        SaslMechanismEntry.ForPassword("PLAIN", (user, password) => new PlainMechanism(user, password)),
        SaslMechanismEntry.ForPassword("LOGIN", (user, password) => new LoginMechanism(user, password)),
        SaslMechanismEntry.ForPassword("CRAM-MD5", (user, password) => new CramMd5Mechanism(user, password)),
        SaslMechanismEntry.ForSystem("GSSAPI", "Kerberos", context => new GssapiMechanism(context)),
        SaslMechanismEntry.ForSystem("NTLM", "NTLM", context => new NtlmMechanism(context)),
    ];

    /// <summary>The names of all mechanisms that can be asked for.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(m => m.Name)];

    /// <summary>
    /// Chooses among what the server offers: the best first, nothing when nothing fits. Whether a credential may be
    /// used here at all is the caller's to decide first.
    /// </summary>
    /// <param name="offered">The names from the server's greeting, in any case of letters.</param>
    /// <param name="credential">What there is to log in with.</param>
    /// <param name="context">Where, and what is allowed.</param>
    /// <exception cref="SaslException">
    /// The mechanism that was asked for is unknown or cannot use this credential.
    /// </exception>
    public static IReadOnlyList<SaslCandidate> Choose(
        IEnumerable<string> offered, SaslCredential credential, SaslContext context)
    {
        var names = offered.ToHashSet(StringComparer.OrdinalIgnoreCase);
        var wanted = context.Mechanism is { } name
            ? [Named(name, credential)]
            : Preferred(credential, context.IsSecure).Select(n => Known.Single(m => m.Name == n));
        return [.. wanted.Where(m => names.Contains(m.Name)).Select(m => Candidate(m, credential, context))];
    }

    private static SaslMechanismEntry Scram(string name, HashAlgorithmName hash) => SaslMechanismEntry.ForPassword(
        name,
        (user, password) => new ScramMechanism(hash, user, password, ScramMechanism.NewNonce()));

    private static ImmutableArray<string> Preferred(SaslCredential credential, bool isSecure) => credential switch
    {
        TokenCredential => ForTokens,
        IntegratedCredential => ForSystemAccount,
        _ => isSecure ? ForPasswordsUnderTls : ForPasswordsInClear,
    };

    private static SaslMechanismEntry Named(string name, SaslCredential credential)
    {
        var entry = Known.FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            ?? throw new SaslException(
                "SaslMechanismUnknown",
                $"There is no authentication mechanism '{name}'.",
                $"Choose one of {string.Join(", ", Names)}, or leave the choice to MailAdmin.");
        return entry.Suits(credential)
            ? entry
            : throw new SaslException(
                "SaslMechanismUnsuitable",
                $"The authentication mechanism {entry.Name} cannot use {Kind(credential)}.",
                "Leave the choice of the mechanism to MailAdmin, or pass the sort of credential that it needs.");
    }

    private static SaslCandidate Candidate(SaslMechanismEntry entry, SaslCredential credential, SaslContext context) =>
        new(entry.Name, cancellationToken => entry.CreateAsync(credential, context, cancellationToken));

    private static string Kind(SaslCredential credential) => credential switch
    {
        TokenCredential => "an access token",
        PasswordCredential => "a user name with a password",
        _ => "the operating system's account",
    };
}
