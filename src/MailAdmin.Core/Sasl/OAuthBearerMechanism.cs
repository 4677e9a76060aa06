using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// OAUTHBEARER (RFC 7628 §3.1): a GS2 header (RFC 5801 §4), then key=value pairs that each end in ^A. A server that
/// refuses sends JSON (§3.2.2), which is answered with a single ^A (§3.2.3).
/// </summary>
internal sealed class OAuthBearerMechanism(string user, string token, string host, int port) : ISaslMechanism
{
    private readonly byte[] _token = Encoding.UTF8.GetBytes(token);

    public string Name => "OAUTHBEARER";

    public bool NeedsTls => true;

    public bool IsComplete { get; private set; }

    public string? ServerError { get; private set; }

    public ReadOnlySpan<byte> Secret => _token;

    public ReadOnlyMemory<byte>? Start()
    {
        IsComplete = true;
        var head = $"n,a={SaslName.Escape(user)},\u0001host={host}\u0001port={port}\u0001auth=Bearer ";
        return (byte[])[.. Encoding.UTF8.GetBytes(head), .. _token, 1, 1];
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
        return new byte[] { 1 };
    }

    public void Dispose() => Array.Clear(_token);
}
