namespace MailAdmin.Identity.Inspection;

/// <summary>
/// What was seen, as the name of a sentence in the catalogue's languages and what fills it; never a secret.
/// </summary>
/// <param name="Key">The name of the sentence.</param>
/// <param name="Arguments">What fills the places in it.</param>
public sealed record TokenDetail(string Key, params IReadOnlyList<string> Arguments);
