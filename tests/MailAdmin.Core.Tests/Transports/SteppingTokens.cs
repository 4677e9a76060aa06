using MailAdmin.Sasl;

namespace MailAdmin.Tests.Transports;

/// <summary>
/// A source with tokens of a test's choice: the next one when it is asked to renew, or when the present one ended.
/// </summary>
internal sealed class SteppingTokens(TimeProvider time, params AccessToken[] tokens) : IAccessTokenSource
{
    private int _index;

    /// <summary>Whether it fails when it is asked.</summary>
    public bool Fails { get; set; }

    /// <summary>How often it was asked for a token in place of a refused one.</summary>
    public int Renewals { get; private set; }

    /// <summary>How long before its end a token is replaced.</summary>
    public TimeSpan RenewBefore { get; init; } = TimeSpan.FromMinutes(5);

    public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken)
    {
        if (Fails)
        {
            throw new SaslException("TokenFailed", "No token today.", "Try tomorrow.");
        }

        while (_index < tokens.Length - 1 && tokens[_index].ExpiresAt - time.GetUtcNow() < RenewBefore)
        {
            _index++;
        }

        return ValueTask.FromResult(tokens[_index]);
    }

    public ValueTask<AccessToken> RenewAsync(AccessToken refused, CancellationToken cancellationToken)
    {
        Renewals++;
        if (tokens[_index].Value == refused.Value && _index < tokens.Length - 1)
        {
            _index++;
        }

        return GetTokenAsync(cancellationToken);
    }
}
