namespace MailAdmin.DomainChecks.Spf;

/// <summary>Where the text is that explains a refusal (RFC 7208 §6.2).</summary>
/// <param name="Domain">The domain whose record refused.</param>
/// <param name="Target">The name that holds the text, before expansion.</param>
internal sealed record SpfExplanation(string Domain, SpfMacroString Target);
