using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>A reason before it is put into words.</summary>
/// <param name="Verdict">What it comes to for this reason alone.</param>
/// <param name="Phrase">The reason.</param>
internal sealed record Judgement(SendMethodVerdict Verdict, Phrase Phrase);
