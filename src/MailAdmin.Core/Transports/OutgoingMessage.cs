using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Transports;

/// <summary>A message on its way out.</summary>
/// <param name="Content">What goes on the wire.</param>
/// <param name="Envelope">From whom and to whom; at least one recipient.</param>
public sealed record OutgoingMessage(IMessageWriter Content, Envelope Envelope);
