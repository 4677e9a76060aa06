namespace MailAdmin.Sasl;

/// <summary>The mechanisms that can be used for a login, and those that may not.</summary>
/// <param name="Candidates">What can be used, the best first; empty when nothing fits.</param>
/// <param name="RefusedWithoutTls">
/// What would fit but sends the secret itself, on a connection without TLS. When nothing else is left, the error is
/// about TLS, not about the server's offer.
/// </param>
public sealed record SaslSelection(
    IReadOnlyList<SaslCandidate> Candidates, IReadOnlyList<string> RefusedWithoutTls);
