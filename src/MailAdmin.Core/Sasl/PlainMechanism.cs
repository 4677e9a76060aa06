using System.Text;

namespace MailAdmin.Sasl;

/// <summary>PLAIN (RFC 4616): <c>[authzid] NUL authcid NUL passwd</c> in UTF-8.</summary>
internal sealed class PlainMechanism(string user, string password) : ISaslMechanism
{
    private readonly byte[] _password = Encoding.UTF8.GetBytes(password);

    public string Name => "PLAIN";

    public bool IsComplete { get; private set; }

    public string? ServerError => null;

    public ReadOnlySpan<byte> Secret => _password;

    public ReadOnlyMemory<byte>? Start()
    {
        IsComplete = true;
        return (byte[])[0, .. Encoding.UTF8.GetBytes(user), 0, .. _password];
    }

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge) =>
        throw SaslException.BadChallenge(Name, "it asked for more although everything had been said");

    public void Dispose() => Array.Clear(_password);
}
