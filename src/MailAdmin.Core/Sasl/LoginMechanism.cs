using System.Text;

namespace MailAdmin.Sasl;

/// <summary>
/// LOGIN (draft-murchison-sasl-login): two questions, answered by name and password whatever their words are, as
/// servers phrase and translate them freely.
/// </summary>
internal sealed class LoginMechanism(string user, string password) : ISaslMechanism
{
    private readonly byte[] _password = Encoding.UTF8.GetBytes(password);
    private int _answered;

    public string Name => "LOGIN";

    public bool IsComplete => _answered == 2;

    public string? ServerError => null;

    public ReadOnlySpan<byte> Secret => _password;

    public ReadOnlyMemory<byte>? Start() => null;

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge) => _answered++ switch
    {
        0 => Encoding.UTF8.GetBytes(user),
        1 => _password.AsSpan().ToArray(),
        _ => throw SaslException.BadChallenge(Name, "it asked a third question"),
    };

    public void Dispose() => Array.Clear(_password);
}
