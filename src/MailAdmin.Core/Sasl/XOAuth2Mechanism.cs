using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// XOAUTH2, the mechanism of Google and Microsoft: <c>user=… ^A auth=Bearer … ^A ^A</c>. On failure the server sends
/// JSON as a challenge, which must be answered with nothing before it gives its final reply.
/// </summary>
internal sealed class XOAuth2Mechanism(string user, string token) : ISaslMechanism
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    public string Name => "XOAUTH2";

    public bool NeedsTls => true;

    public bool IsComplete { get; private set; }

    public string? ServerError { get; private set; }

    public ReadOnlySpan<byte> Secret => _token;

    public ReadOnlyMemory<byte>? Start()
    {
        IsComplete = true;
        return (byte[])[.. Encoding.UTF8.GetBytes($"user={user}\u0001auth=Bearer "), .. _token, 1, 1];
    }

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge)
    {
        if (ServerError is not null)
        {
            throw SaslException.BadChallenge(Name, "it sent a second challenge");
        }

        // An error was reported: success after it would be a lie.
        IsComplete = false;
        ServerError = Encoding.UTF8.GetString(challenge);
        return ReadOnlyMemory<byte>.Empty;
    }

    public void Dispose() => Array.Clear(_token);
}
