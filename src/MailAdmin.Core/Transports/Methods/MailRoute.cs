using MailAdmin.Net;

namespace MailAdmin.Transports.Methods;

/// <summary>The way that a message is to take, ready to be used.</summary>
/// <param name="Route">The server, or servers, and what is demanded of them.</param>
public sealed record MailRoute(SmtpRoute Route)
{
    /// <summary>What the user should know before anything is sent, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Whom Direct Send reaches; null for the other methods.</summary>
    internal DirectSendReach? Reach { get; init; }

    /// <summary>Makes a transport for this way; nothing is connected yet.</summary>
    /// <param name="dialer">The network.</param>
    /// <param name="transcript">Where to record the dialogue, secrets masked; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public IMailTransport Open(IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null)
    {
        var transport = new SmtpTransport(Route, dialer, transcript, time);
        return Reach is null ? transport : new DirectSendTransport(transport, Route, Reach);
    }
}
