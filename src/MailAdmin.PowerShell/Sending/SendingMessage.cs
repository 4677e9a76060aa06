using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>A message that is on its way.</summary>
/// <param name="Message">The message.</param>
/// <param name="Report">What will have become of it.</param>
internal sealed record SendingMessage(ReadyMessage Message, Task<DeliveryReport> Report);
