using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// SCRAM-SHA-1 and SCRAM-SHA-256 (RFC 5802, RFC 7677) without channel binding. Neither side reveals the password, and
/// the server must prove that it knows it too:
/// <code>
/// C: n,,n=user,r=nonce              S: r=nonce+more,s=salt,i=count
/// C: c=biws,r=nonce+more,p=proof    S: v=signature  or  e=error
/// </code>
/// </summary>
[SuppressMessage("Security", "CA5350", Justification = "SCRAM-SHA-1 is defined by its hash.")]
internal sealed class ScramMechanism : ISaslMechanism
{
    // RFC 7677 §4 wants at least 4096; fewer would let an impostor buy a proof that is cheap to crack.
    private const int MinIterations = 4096;

    // Some servers use a few hundred thousand. Beyond this a hostile one could keep the processor busy for long.
    private const int MaxIterations = 2_000_000;

    private const string Gs2Header = "n,,";

    private readonly HashAlgorithmName _hash;
    private readonly byte[] _password;
    private readonly string _clientNonce;
    private readonly string _clientFirstBare;
    private byte[] _expectedSignature = [];
    private Stage _stage = Stage.Start;

    /// <param name="hash">SHA-1 or SHA-256.</param>
    /// <param name="user">The login name.</param>
    /// <param name="password">The password.</param>
    /// <param name="clientNonce">Printable characters without comma, never used before.</param>
    public ScramMechanism(HashAlgorithmName hash, string user, string password, string clientNonce)
    {
        _hash = hash;
        _password = Encoding.UTF8.GetBytes(SaslPrep.Prepare(password, "password"));
        _clientNonce = clientNonce;
        _clientFirstBare = $"n={SaslName.Escape(SaslPrep.Prepare(user, "user name"))},r={clientNonce}";
        Name = hash == HashAlgorithmName.SHA1 ? "SCRAM-SHA-1" : "SCRAM-SHA-256";
    }

    private enum Stage
    {
        Start,
        ServerFirst,
        ServerFinal,
        Done,
        Failed,
    }

    public string Name { get; }

    public bool IsComplete => _stage == Stage.Done;

    public string? ServerError { get; private set; }

    public ReadOnlySpan<byte> Secret => _password;

    /// <summary>A nonce of 144 random bits.</summary>
    public static string NewNonce() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));

    public ReadOnlyMemory<byte>? Start()
    {
        _stage = Stage.ServerFirst;
        return Encoding.UTF8.GetBytes(Gs2Header + _clientFirstBare);
    }

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge)
    {
        var message = Encoding.UTF8.GetString(challenge);
        switch (_stage)
        {
            case Stage.ServerFirst:
                _stage = Stage.Failed;
                var answer = AnswerFirst(message);
                _stage = Stage.ServerFinal;
                return answer;
            case Stage.ServerFinal:
                _stage = Stage.Failed;
                TakeFinal(message);
                return ReadOnlyMemory<byte>.Empty;
            default:
                throw Broken("it went on after the exchange was over");
        }
    }

    public void Dispose() => Array.Clear(_password);

    private byte[] AnswerFirst(string serverFirst)
    {
        var parts = serverFirst.Split(',');
        if (parts.Length < 3
            || !parts[0].StartsWith("r=", StringComparison.Ordinal)
            || !parts[1].StartsWith("s=", StringComparison.Ordinal)
            || !parts[2].StartsWith("i=", StringComparison.Ordinal))
        {
            throw Broken("its first message is not of the form r=…,s=…,i=…");
        }

        var nonce = parts[0][2..];
        if (nonce.Length <= _clientNonce.Length || !nonce.StartsWith(_clientNonce, StringComparison.Ordinal))
        {
            throw Broken("its nonce does not continue this side's");
        }

        if (!int.TryParse(parts[2].AsSpan(2), NumberStyles.None, CultureInfo.InvariantCulture, out var iterations)
            || iterations is < MinIterations or > MaxIterations)
        {
            throw Broken($"its iteration count is not between {MinIterations} and {MaxIterations}");
        }

        var salt = Decode(parts[1][2..]);
        var withoutProof = $"c={Convert.ToBase64String(Encoding.ASCII.GetBytes(Gs2Header))},r={nonce}";
        var authMessage = Encoding.UTF8.GetBytes($"{_clientFirstBare},{serverFirst},{withoutProof}");
        var length = Hash([]).Length;
        var salted = Rfc2898DeriveBytes.Pbkdf2(_password, salt, iterations, _hash, length);
        var clientKey = Hmac(salted, "Client Key"u8);
        var proof = Hmac(Hash(clientKey), authMessage);
        for (var i = 0; i < proof.Length; i++)
        {
            proof[i] ^= clientKey[i];
        }

        _expectedSignature = Hmac(Hmac(salted, "Server Key"u8), authMessage);
        return Encoding.UTF8.GetBytes($"{withoutProof},p={Convert.ToBase64String(proof)}");
    }

    private void TakeFinal(string serverFinal)
    {
        var first = serverFinal.Split(',')[0];
        if (first.StartsWith("e=", StringComparison.Ordinal))
        {
            ServerError = first[2..];
        }
        else if (!first.StartsWith("v=", StringComparison.Ordinal))
        {
            throw Broken("its last message holds no signature");
        }
        else if (!CryptographicOperations.FixedTimeEquals(Decode(first[2..]), _expectedSignature))
        {
            throw new SaslException(
                "SaslServerNotGenuine",
                $"The server could not prove that it knows the password ({Name}): it may be an impostor.",
                "Do not log in there. Check the server's name and certificate.");
        }
        else
        {
            _stage = Stage.Done;
        }
    }

    private byte[] Decode(string base64)
    {
        var octets = new byte[base64.Length];
        return base64.Length > 0 && Convert.TryFromBase64String(base64, octets, out var length)
            ? octets[..length]
            : throw Broken("it sent something that is not base64");
    }

    private byte[] Hmac(byte[] key, ReadOnlySpan<byte> text) =>
        _hash == HashAlgorithmName.SHA1 ? HMACSHA1.HashData(key, text) : HMACSHA256.HashData(key, text);

    private byte[] Hash(ReadOnlySpan<byte> text) =>
        _hash == HashAlgorithmName.SHA1 ? SHA1.HashData(text) : SHA256.HashData(text);

    private SaslException Broken(string reason) => SaslException.BadChallenge(Name, reason);
}
