using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// CRAM-MD5 (RFC 2195 §2): the user name, a space, and the keyed digest of the challenge in hexadecimal.
/// </summary>
internal sealed class CramMd5Mechanism(string user, string password) : ISaslMechanism
{
    private readonly byte[] _password = Encoding.UTF8.GetBytes(password);

    public string Name => "CRAM-MD5";

    public bool IsComplete { get; private set; }

    public string? ServerError => null;

    public ReadOnlySpan<byte> Secret => _password;

    public ReadOnlyMemory<byte>? Start() => null;

    [SuppressMessage("Security", "CA5351", Justification = "The mechanism prescribes MD5.")]
    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge)
    {
        if (IsComplete || challenge.IsEmpty)
        {
            throw SaslException.BadChallenge(
                Name, IsComplete ? "it sent a second challenge" : "its challenge is empty");
        }

        IsComplete = true;
        var digest = HMACMD5.HashData(_password, challenge);
        return Encoding.UTF8.GetBytes($"{user} {Convert.ToHexString(digest).ToLowerInvariant()}");
    }

    public void Dispose() => Array.Clear(_password);
}
