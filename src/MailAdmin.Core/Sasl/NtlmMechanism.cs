namespace MailAdmin.Sasl;

/// <summary>NTLM as Microsoft defines it for SMTP ([MS-SMTPNTLM]): negotiate, challenge, authenticate.</summary>
internal sealed class NtlmMechanism(INegotiateContext context) : ISaslMechanism
{
    private bool _isComplete;

    public string Name => "NTLM";

    public bool IsComplete => _isComplete;

    public string? ServerError => null;

    public ReadOnlySpan<byte> Secret => [];

    public ReadOnlyMemory<byte>? Start() => context.Step([]);

    public ReadOnlyMemory<byte> Respond(ReadOnlySpan<byte> challenge)
    {
        if (_isComplete)
        {
            throw SaslException.BadChallenge(Name, "it went on after the exchange was over");
        }

        var answer = context.Step(challenge);

        // The context of a client counts as established with its last message; the server's reply decides.
        _isComplete = true;
        return answer;
    }

    public void Dispose() => context.Dispose();
}
