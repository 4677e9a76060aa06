namespace MailAdmin.Sasl;

/// <summary>
/// One authentication exchange (RFC 4422), without I/O and without the protocol's base64: octets in, octets out.
/// For one attempt only.
/// </summary>
public interface ISaslMechanism : IDisposable
{
    /// <summary>The registered name, in capitals.</summary>
    string Name { get; }

    /// <summary>
    /// False as long as the server has not proved what it must prove. A server that reports success before is an
    /// impostor: the client must not go on.
    /// </summary>
    bool IsComplete { get; }

    /// <summary>
    /// What the server said about a failure within the exchange (the JSON of XOAUTH2, RFC 7628 §3.2.2); else null.
    /// </summary>
    string? ServerError { get; }

    /// <summary>
    /// What must never appear in a transcript: pass it to <see cref="Net.Connection.Protect"/>. May be empty.
    /// </summary>
    ReadOnlySpan<byte> Secret { get; }

    /// <summary>
    /// The initial response; null when the server speaks first. Called once, before <see cref="Respond"/>.
    /// </summary>
    /// <exception cref="SaslException">The credential cannot be used with this mechanism.</exception>
    ReadOnlyMemory<byte>? Start();

    /// <summary>The answer to a challenge.</summary>
    /// <exception cref="SaslException">
    /// The challenge is wrong; the exchange must be cancelled (<c>*</c>, RFC 4954 §4).
    /// </exception>
    ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge);
}
