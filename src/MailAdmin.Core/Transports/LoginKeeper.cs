using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>
/// Makes a transport's sessions and looks after their login. SMTP allows one AUTH in a session (RFC 4954 §4), so when
/// the token of a session ends, the next message goes through a session with another. A login that was refused for good
/// is not tried again: a password never, a token only if its source has a different one.
/// </summary>
internal sealed class LoginKeeper(SaslCredential? credential, FailoverConnector connector, TimeProvider time)
{
    // What begins shortly before the end may still be under way then, and a server may drop the session in the middle.
    private static readonly TimeSpan Margin = TimeSpan.FromMinutes(2);

    private AuthenticationFailedException? _refusal;
    private AccessToken? _refused;
    private bool _wasLoggedIn;

    // Once between two logins that worked: a provider would give a new token for each of a thousand messages.
    private bool _mayRenew = true;

    /// <summary>The stage at which the last attempt failed.</summary>
    internal SmtpStage Stage { get; private set; }

    /// <summary>
    /// True when the session's token is so near its end that nothing should be begun behind what is under way.
    /// </summary>
    internal bool IsEnding(SmtpSession session) =>
        session.Token?.ExpiresAt is { } end && end - time.GetUtcNow() <= Margin;

    /// <summary>True when the session's login holds, or nothing better is to be had.</summary>
    /// <exception cref="MailException">The session's token has ended, and its source fails.</exception>
    internal async ValueTask<bool> IsGoodAsync(SmtpSession session, CancellationToken cancellationToken)
    {
        if (!IsEnding(session) || credential is not TokenCredential login)
        {
            return true;
        }

        try
        {
            Stage = SmtpStage.Auth;
            var present = await login.Source.GetTokenAsync(cancellationToken).ConfigureAwait(false);
            return present.Value == session.Token!.Value;
        }
        catch (MailException) when (session.Token!.ExpiresAt > time.GetUtcNow())
        {
            return true;
        }
    }

    /// <summary>
    /// Makes a session; when its token is refused as over, another with a new token, if there is one.
    /// </summary>
    internal async Task<SmtpSession> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await TryAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (AuthenticationFailedException e) when (MayBeOver(e))
        {
            if (!await HasNewTokenAsync(cancellationToken).ConfigureAwait(false))
            {
                throw;
            }
        }

        return await TryAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<SmtpSession> TryAsync(CancellationToken cancellationToken)
    {
        // Before the connection, as a server does not wait for somebody who has to sign in first.
        Stage = SmtpStage.Auth;
        var token = credential is TokenCredential { Source: var source }
            ? await source.GetTokenAsync(cancellationToken).ConfigureAwait(false)
            : null;
        if (_refusal is not null && token?.Value == _refused?.Value)
        {
            throw _refusal;
        }

        try
        {
            var session = await connector.ConnectAsync(Login(token), cancellationToken).ConfigureAwait(false);
            session.Token = token;
            _wasLoggedIn = _mayRenew = true;
            return session;
        }
        catch (AuthenticationFailedException e) when (!e.IsTransient)
        {
            (_refusal, _refused) = (e, token);
            throw;
        }
        finally
        {
            Stage = connector.Stage;
        }
    }

    private SaslCredential? Login(AccessToken? token) =>
        token is not null && credential is TokenCredential { User: var user }
        ? new TokenCredential(user, new FixedTokenSource(token))
        : credential;

    /// <summary>
    /// Whether a refusal can mean that the token's time is over. Many servers do not say what is wrong with a token; if
    /// this login has worked before, its time is the likeliest.
    /// </summary>
    private bool MayBeOver(AuthenticationFailedException refusal) =>
        credential is TokenCredential && !refusal.IsTransient &&
        (refusal.SaysTokenIsOver || (_wasLoggedIn && refusal.Reply is { Code: 535 }));

    private async ValueTask<bool> HasNewTokenAsync(CancellationToken cancellationToken)
    {
        if (credential is not TokenCredential { Source: var source } || _refused is not { } refused || !_mayRenew)
        {
            return false;
        }

        _mayRenew = false;
        try
        {
            var renewed = await source.RenewAsync(refused, cancellationToken).ConfigureAwait(false);
            return renewed.Value != refused.Value;
        }
        catch (MailException)
        {
            // What the server said tells more.
            return false;
        }
    }
}
