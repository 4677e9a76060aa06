using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Transports.Graph;

/// <summary>
/// Sends through Microsoft Graph, over HTTPS. 202 means that the service accepted a message, as 250 does in SMTP: what
/// becomes of it later comes back as a report of non-delivery. One message is under way at a time.
/// </summary>
public sealed class GraphTransport : IMailTransport
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly GraphRoute _route;
    private readonly GraphPeer _peer;
    private readonly GraphClient _client;
    private readonly HttpClient _http;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1, 1);

    /// <summary>Creates the transport; nothing is connected yet.</summary>
    /// <param name="route">The cloud, the mailbox and the tokens.</param>
    /// <param name="dialer">The network.</param>
    /// <param name="transcript">Where to record requests and answers, secrets masked; null for nowhere.</param>
    /// <param name="time">The clock; null for the system's.</param>
    public GraphTransport(GraphRoute route, IDialer dialer, ITranscript? transcript = null, TimeProvider? time = null)
        : this(
            route,
            peer => GraphHandler.Create(route, dialer, transcript, time ?? TimeProvider.System, peer),
            transcript,
            time,
            SystemRandomSource.Instance)
    {
    }

    internal GraphTransport(
        GraphRoute route,
        Func<GraphPeer, HttpMessageHandler> handler,
        ITranscript? transcript,
        TimeProvider? time,
        IRandomSource random)
    {
        _route = route;
        _time = time ?? TimeProvider.System;
        _peer = new GraphPeer();

        // Each request has its own time limit, which its progress extends.
        _http = new HttpClient(handler(_peer)) { Timeout = Timeout.InfiniteTimeSpan };
        _client = new GraphClient(route, _http, new GraphTranscript(transcript), _time, random);
    }

    /// <inheritdoc/>
    public async Task<DeliveryReport> SendAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await DeliverAsync(message, octetsSent, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    public async Task CloseAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        _turn.Release();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Whoever was given up may still be removing a draft.
        await _turn.WaitAsync(LongestFarewell).ConfigureAwait(false);
        _http.Dispose();
    }

    private async Task<DeliveryReport> DeliverAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        long size = 0;
        GraphSender? sender = null;
        try
        {
            var mail = await GraphMail.PrepareAsync(message, cancellationToken).ConfigureAwait(false);
            await using (mail.ConfigureAwait(false))
            {
                size = mail.Length;
                var mailbox = _route.Mailbox ?? message.Envelope.ReversePath!.ToString();
                sender = new GraphSender(_client, _route, new GraphPaths(_route.Address, mailbox), octetsSent);
                var answer = await sender.SendAsync(mail, cancellationToken).ConfigureAwait(false);
                octetsSent?.Report(size);
                return Report(message, began) with
                {
                    Status = DeliveryStatus.Sent,
                    Reply = answer.ToReply(),
                    Stage = SmtpStage.EndOfData,
                    Recipients = Outcomes(message, RecipientStatus.Accepted),
                    Size = size,
                    Warnings = sender.Warnings,
                };
            }
        }
        catch (MailException e)
        {
            return Report(message, began) with
            {
                Status = e.IsTransient ? DeliveryStatus.Deferred : DeliveryStatus.Failed,
                Reply = (e as GraphException ?? e.InnerException as GraphException)?.Reply,
                Stage = StageOf(e),
                Recipients = Outcomes(message, StatusOf(e)),
                Size = size,
                Error = e,
                Warnings = sender?.Warnings ?? [],
            };
        }
    }

    private static RecipientOutcome[] Outcomes(OutgoingMessage message, RecipientStatus status) =>
        [.. message.Envelope.Recipients.Select(r => new RecipientOutcome(r.Address, status, null))];

    private static RecipientStatus StatusOf(MailException failure) => failure switch
    {
        OutcomeUnknownException => RecipientStatus.Deferred,
        GraphException { Reply: null } or GraphException { Kind: MailErrorKind.Authentication } =>
            RecipientStatus.NotTried,
        GraphException { IsTransient: true } => RecipientStatus.Deferred,
        GraphException => RecipientStatus.Refused,
        _ => RecipientStatus.NotTried,
    };

    private static SmtpStage? StageOf(MailException failure) => failure switch
    {
        OutcomeUnknownException => SmtpStage.EndOfData,
        GraphException { Kind: MailErrorKind.Authentication } => SmtpStage.Auth,
        GraphException { Reply: not null } => SmtpStage.EndOfData,
        ConnectException => SmtpStage.Connect,
        ConnectionLostException or PeerTimeoutException => SmtpStage.Content,
        { Kind: MailErrorKind.Tls } => SmtpStage.Tls,
        _ => null,
    };

    private DeliveryReport Report(OutgoingMessage message, long began) => new()
    {
        Status = DeliveryStatus.Failed,
        Method = GraphRoute.MethodName,
        Server = _route.Server,
        RemoteAddress = _peer.RemoteAddress,
        TlsProtocol = _peer.TlsProtocol,
        MessageId = message.Content.MessageId,
        Recipients = [],
        Duration = _time.GetElapsedTime(began),
    };
}
