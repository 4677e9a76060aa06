using MailAdmin.Server;

namespace MailAdmin.Cli.Output;

/// <summary>A message that the sink took.</summary>
/// <param name="Id">The name in the server's reply and of the file.</param>
/// <param name="ReceivedAt">When its last octet had come.</param>
/// <param name="From">The reverse path; null for the empty one.</param>
/// <param name="Recipients">Who was accepted.</param>
/// <param name="Subject">Decoded; null when there is none.</param>
/// <param name="MessageId">Without angle brackets; null when there is none.</param>
/// <param name="Size">Octets of the content.</param>
/// <param name="Client">The client's address.</param>
/// <param name="TlsProtocol">Such as <c>Tls13</c>; null without TLS.</param>
/// <param name="User">Who was logged in; null for nobody.</param>
/// <param name="Path">The file with the content; null when it is kept in memory.</param>
internal sealed record ReceivedJson(
    string Id,
    DateTimeOffset ReceivedAt,
    string? From,
    IReadOnlyList<string> Recipients,
    string? Subject,
    string? MessageId,
    long Size,
    string? Client,
    string? TlsProtocol,
    string? User,
    string? Path)
{
    public static ReceivedJson Of(ReceivedMessage message, string? subject, string? messageId) => new(
        message.Id,
        message.ReceivedAt,
        message.Envelope.ReversePath?.ToString(),
        [.. message.Envelope.Recipients.Select(recipient => recipient.Address.ToString())],
        subject,
        messageId,
        message.Size,
        message.Session.RemoteEndPoint?.ToString(),
        message.Session.TlsProtocol?.ToString(),
        message.User,
        message.Path);
}
