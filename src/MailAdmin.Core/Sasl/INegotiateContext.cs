namespace MailAdmin.Sasl;

/// <summary>
/// The operating system's security context for Kerberos or NTLM (RFC 2743), so that tests need no domain.
/// </summary>
internal interface INegotiateContext : IDisposable
{
    /// <summary>
    /// True when the context is established; the server is then proven genuine as far as the package can.
    /// </summary>
    bool IsEstablished { get; }

    /// <summary>The next token; empty when there is nothing to say.</summary>
    /// <exception cref="SaslException">
    /// The system has no credential for this server, or refuses the server's token.
    /// </exception>
    byte[] Step(ReadOnlySpan<byte> token);

    /// <exception cref="SaslException">It was not made with this context.</exception>
    byte[] Unwrap(ReadOnlySpan<byte> sealedMessage);

    /// <summary>Signs without encrypting.</summary>
    byte[] Wrap(ReadOnlySpan<byte> message);
}
