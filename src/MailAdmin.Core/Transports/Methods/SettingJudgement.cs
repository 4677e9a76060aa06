using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>A fault of a setting before it is put into words.</summary>
/// <param name="Setting">Which setting.</param>
/// <param name="Phrase">What is wrong, with what to set in its place as the advice.</param>
internal sealed record SettingJudgement(string Setting, Phrase Phrase);
