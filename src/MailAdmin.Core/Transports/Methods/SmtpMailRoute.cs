using MailAdmin.Net;

namespace MailAdmin.Transports.Methods;

/// <summary>A way over SMTP.</summary>
/// <param name="Route">The server, or servers, and what is demanded of them.</param>
public sealed record SmtpMailRoute(SmtpRoute Route) : MailRoute
{
    /// <inheritdoc/>
    public override string Method => Route.Method;

    /// <inheritdoc/>
    public override string Server => Route.Server;

    /// <inheritdoc/>
    public override string? Account => AccountOf(Route.Credential);

    /// <inheritdoc/>
    public override bool LogsIn => Route.Credential is not null;

    /// <inheritdoc/>
    public override ConnectionSecurity Security => Route.EffectiveSecurity;

    /// <inheritdoc/>
    public override int? BatchSize => Route.BatchSize;

    /// <summary>Whom Direct Send reaches; null for the other methods.</summary>
    internal DirectSendReach? Reach { get; init; }

    /// <inheritdoc/>
    public override MailRoute AtMost(int recipients) =>
        Route.BatchSize <= recipients ? this : this with { Route = Route with { BatchSize = recipients } };

    /// <inheritdoc/>
    public override IMailTransport Open(IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null)
    {
        var transport = new SmtpTransport(Route, dialer, transcript, time);
        return Reach is null ? transport : new DirectSendTransport(transport, Route, Reach);
    }
}
