namespace MailAdmin.Net;

/// <summary>
/// Receives what goes over a connection, line by line without line endings. Secrets are masked before they get here.
/// The octets may hold anything, control characters too; they are valid during the call only.
/// </summary>
public interface ITranscript
{
    /// <summary>A line that this side sent.</summary>
    void Sent(ReadOnlySpan<byte> line);

    /// <summary>A line that the peer sent.</summary>
    void Received(ReadOnlySpan<byte> line);

    /// <summary>Something that happened to the connection, such as a TLS handshake.</summary>
    void Note(string text);
}
