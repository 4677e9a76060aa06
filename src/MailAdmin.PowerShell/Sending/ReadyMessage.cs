using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.PowerShell.Sending;

/// <summary>A message that is ready to go.</summary>
/// <param name="Content">What goes on the wire.</param>
/// <param name="Envelope">From whom and to whom.</param>
/// <param name="Subject">The subject, if it is known.</param>
/// <param name="Target">What the user passed: the target of its error record.</param>
/// <param name="About">About how many octets it has; null when that is not known.</param>
internal sealed record ReadyMessage(
    IMessageWriter Content, Envelope Envelope, string? Subject, object? Target, long? About);
