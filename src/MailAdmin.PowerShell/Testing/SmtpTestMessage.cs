using System.Security.Authentication;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Server;

namespace MailAdmin.PowerShell.Testing;

/// <summary>A message that a test server has taken.</summary>
public sealed class SmtpTestMessage
{
    private SmtpTestMessage(ReceivedMessage received, byte[] octets)
    {
        Id = received.Id;
        ReceivedAt = received.ReceivedAt;
        From = received.Envelope.ReversePath?.ToString() ?? "";
        Recipients = received.Envelope.Recipients.Select(r => r.Address.ToString()).ToArray();
        Octets = octets;
        Outline = MessageOutline.Read(octets);
        Size = received.Size;
        Path = received.Path;
        Client = received.Session.ClientName;
        User = received.User;
        TlsProtocol = received.Session.TlsProtocol;
        Envelope = received.Envelope;
    }

    /// <summary>The server's name for the message.</summary>
    public string Id { get; }

    /// <summary>When its last octet had come.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The sender in the envelope; empty for the empty one.</summary>
    public string From { get; }

    /// <summary>The recipients in the envelope that the server accepted.</summary>
    public IReadOnlyList<string> Recipients { get; }

    /// <summary>The subject, decoded; null when there is none.</summary>
    public string? Subject => Outline["Subject"];

    /// <summary>The header fields, decoded.</summary>
    public IReadOnlyList<MessageHeader> Headers => Outline.Headers;

    /// <summary>What the message consists of: its parts, with their types and file names.</summary>
    public MessageOutline Outline { get; }

    /// <summary>The whole message as text: its octets read as UTF-8.</summary>
    public string Content => Encoding.UTF8.GetString(Octets);

    /// <summary>The whole message as it came.</summary>
    public byte[] Octets { get; }

    /// <summary>The number of octets.</summary>
    public long Size { get; }

    /// <summary>The file that the server wrote; null when it keeps messages in memory.</summary>
    public string? Path { get; }

    /// <summary>What the client called itself.</summary>
    public string? Client { get; }

    /// <summary>Who was logged in; null without a login.</summary>
    public string? User { get; }

    /// <summary>The version of TLS; null without TLS.</summary>
    public SslProtocols? TlsProtocol { get; }

    /// <summary>The envelope, with the wishes about delivery reports.</summary>
    public Envelope Envelope { get; }

    internal static async Task<SmtpTestMessage> ReadAsync(ReceivedMessage received, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream();
        var stream = received.OpenRead();
        await using (stream.ConfigureAwait(false))
        {
            await stream.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        }

        return new SmtpTestMessage(received, content.ToArray());
    }
}
