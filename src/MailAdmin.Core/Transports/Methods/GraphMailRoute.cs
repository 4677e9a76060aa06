using MailAdmin.Net;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Transports.Methods;

/// <summary>A way through Microsoft Graph.</summary>
/// <param name="Route">The cloud, the mailbox and the tokens.</param>
public sealed record GraphMailRoute(GraphRoute Route) : MailRoute
{
    /// <inheritdoc/>
    public override string Method => GraphRoute.MethodName;

    /// <inheritdoc/>
    public override string Server => Route.Server;

    /// <inheritdoc/>
    public override string? Account => Route.Mailbox;

    /// <inheritdoc/>
    public override bool LogsIn => true;

    /// <summary>HTTPS is TLS from the first octet.</summary>
    public override ConnectionSecurity Security => ConnectionSecurity.Implicit;

    /// <summary>None: a message goes to all of its recipients at once.</summary>
    public override int? BatchSize => null;

    /// <inheritdoc/>
    public override MailRoute AtMost(int recipients) => this;

    /// <inheritdoc/>
    public override IMailTransport Open(IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null) =>
        new GraphTransport(Route, dialer, transcript, time);
}
