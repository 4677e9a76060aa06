using System.Runtime.InteropServices;
using MailAdmin.Addressing;

namespace MailAdmin.Server;

/// <summary>A message that the embedded server has taken, as the client sent it: no header is added.</summary>
public sealed record ReceivedMessage
{
    /// <summary>The name in the server's reply and of the file.</summary>
    public required string Id { get; init; }

    /// <summary>When its last octet had come.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Sender, recipients that were accepted, and their delivery-report wishes.</summary>
    public required Envelope Envelope { get; init; }

    /// <summary>MAIL FROM with its parameters.</summary>
    public required SmtpMailCommand Mail { get; init; }

    /// <summary>The connection it came over, in the state that it had then or later.</summary>
    public required SmtpSessionInfo Session { get; init; }

    /// <summary>The user that was logged in; null without a login.</summary>
    public string? User { get; init; }

    /// <summary>The length of the content in octets, without stuffed dots.</summary>
    public required long Size { get; init; }

    /// <summary>The file with the content; null when it is kept in memory.</summary>
    public string? Path { get; init; }

    /// <summary>The content when it is kept in memory; empty when it is in a file.</summary>
    public ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>Opens the content for reading, wherever it is.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public Stream OpenRead()
    {
        if (Path is not null)
        {
            return File.OpenRead(Path);
        }

        return MemoryMarshal.TryGetArray(Content, out var octets) && octets.Array is not null
            ? new MemoryStream(octets.Array, octets.Offset, octets.Count, writable: false)
            : new MemoryStream(Content.ToArray(), writable: false);
    }
}
