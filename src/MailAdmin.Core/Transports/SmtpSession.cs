using MailAdmin.Sasl;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>A session that is ready for transactions: greeted, encrypted and logged in as the route demands.</summary>
internal sealed class SmtpSession(SmtpClient client, IReadOnlyList<string> warnings) : IAsyncDisposable
{
    private int _transactions;

    internal SmtpClient Client { get; } = client;

    /// <summary>What the user should know about this session with every message.</summary>
    internal IReadOnlyList<string> Warnings { get; } = warnings;

    /// <summary><c>host:port</c> of the server that it is with; null for the route's own.</summary>
    internal string? Server { get; set; }

    /// <summary>The token that it was logged in with; null without one.</summary>
    internal AccessToken? Token { get; set; }

    /// <summary>False when another transaction needs another session (RFC 9422 §4.1 for MAILMAX).</summary>
    internal bool TakesMore => Client.IsOpen && !(_transactions >= Client.Capabilities.Limits.MailMax);

    /// <summary>When the server answered last, by the transport's clock.</summary>
    internal long LastUsedAt { get; set; }

    internal void CountTransaction() => _transactions++;

    /// <summary>Takes leave, if the session still lives, and closes.</summary>
    internal async ValueTask QuitAsync(CancellationToken cancellationToken)
    {
        await using (this.ConfigureAwait(false))
        {
            await Client.QuitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Closes at once.</summary>
    public ValueTask DisposeAsync() => Client.DisposeAsync();
}
