using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// What XOAUTH2 and OAUTHBEARER have in common: everything is said at once; a server that refuses the token sends JSON
/// as a challenge (RFC 7628 §3.2.2), which must be answered before it gives its final reply.
/// </summary>
internal abstract class BearerMechanism(string name, string head, string token, byte[] answerToError) : ISaslMechanism
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    public string Name => name;

    public bool IsComplete { get; private set; }

    public string? ServerError { get; private set; }

    public ReadOnlySpan<byte> Secret => _token;

    public ReadOnlyMemory<byte>? Start()
    {
        IsComplete = true;
        return (byte[])[.. Encoding.UTF8.GetBytes($"{head}auth=Bearer "), .. _token, 1, 1];
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
        return answerToError;
    }

    public void Dispose() => Array.Clear(_token);
}
