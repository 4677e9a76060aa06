using MailAdmin.Addressing;
using MailAdmin.Net;

namespace MailAdmin.Probes;

/// <summary>What a probe of relaying asks.</summary>
/// <param name="From">The sender; null for the empty one.</param>
/// <param name="To">The recipient.</param>
/// <param name="Transcript">Where to record the conversation besides the result; null for nowhere.</param>
internal sealed record RelayQuestion(EmailAddress? From, EmailAddress To, ITranscript? Transcript);
