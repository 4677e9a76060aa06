namespace MailAdmin.Sasl;

/// <summary>
/// GSSAPI, which means Kerberos (RFC 4752): tokens until the context stands, then the server's offer of security
/// layers, of which "none" is chosen, as TLS does that work. Exchange leaves the last step out.
/// </summary>
internal sealed class GssapiMechanism(INegotiateContext context) : ISaslMechanism
{
    private const byte NoSecurityLayer = 1;

    private bool _hasChosenLayer;

    public string Name => "GSSAPI";

    public bool IsComplete => context.IsEstablished;

    public string? ServerError => null;

    public ReadOnlySpan<byte> Secret => [];

    public ReadOnlyMemory<byte>? Start() => context.Step([]);

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge)
    {
        if (!context.IsEstablished)
        {
            return context.Step(challenge);
        }

        if (_hasChosenLayer)
        {
            throw SaslException.BadChallenge(Name, "it went on after the exchange was over");
        }

        _hasChosenLayer = true;
        var offer = context.Unwrap(challenge);
        if (offer.Length != 4 || (offer[0] & NoSecurityLayer) == 0)
        {
            throw SaslException.BadChallenge(Name, "it demands a security layer of its own");
        }

        // No layer, hence no buffer (three octets of zero), and no other identity than the login's.
        return context.Wrap([NoSecurityLayer, 0, 0, 0]);
    }

    public void Dispose() => context.Dispose();
}
