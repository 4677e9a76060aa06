using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>A message that is ready to go.</summary>
/// <param name="Outgoing">What goes on the wire, from whom and to whom.</param>
/// <param name="Subject">The subject; null when there is none.</param>
/// <param name="Warnings">What the user should know about it.</param>
internal sealed record ReadyMessage(OutgoingMessage Outgoing, string? Subject, IReadOnlyList<string> Warnings);
