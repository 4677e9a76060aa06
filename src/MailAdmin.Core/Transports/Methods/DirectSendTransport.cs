using MailAdmin.Addressing;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// Direct Send as a transport: says before anything is sent which recipients it is not made for, and does not bother
/// the server with a message that has no others.
/// </summary>
internal sealed class DirectSendTransport(IMailTransport inner, SmtpRoute route, DirectSendReach reach) : IMailTransport
{
    private readonly object _turnLock = new();
    private Task _lastTurn = Task.CompletedTask;

    /// <inheritdoc/>
    public async Task<DeliveryReport> SendAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken)
    {
        Task<DeliveryReport> sending;
        List<string> warnings;
        var (before, turn) = TakeTurn();
        try
        {
            // Messages go in the order of the calls, so one without a look-up waits for those before it as well.
            await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var elsewhere = new Dictionary<DomainName, string>();
            var others = reach.Others(message.Envelope);
            foreach (var other in others)
            {
                if (await reach.FindOtherServiceAsync(other, cancellationToken).ConfigureAwait(false) is { } service)
                {
                    elsewhere.Add(other, service);
                }
            }

            var recipients = message.Envelope.Recipients;
            if (recipients.Count > 0 && recipients.All(r => elsewhere.ContainsKey(r.Address.Domain)))
            {
                return Refuse(message, elsewhere);
            }

            warnings = [.. others.Select(other => Warn(other, elsewhere.GetValueOrDefault(other)))];
            sending = inner.SendAsync(message, octetsSent, cancellationToken);
        }
        finally
        {
            turn.SetResult();
        }

        var report = await sending.ConfigureAwait(false);
        return warnings.Count == 0 ? report : report with { Warnings = [.. warnings, .. report.Warnings] };
    }

    /// <inheritdoc/>
    public Task CloseAsync(CancellationToken cancellationToken) => inner.CloseAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private (Task Before, TaskCompletionSource Turn) TakeTurn()
    {
        lock (_turnLock)
        {
            var before = _lastTurn;
            var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _lastTurn = turn.Task;
            return (before, turn);
        }
    }

    private string Warn(DomainName other, string? service) => service is null
        ? $"Direct Send reaches {other} only if it belongs to the same organisation as {reach.Domain}; else the server "
            + "refuses."
        : $"Direct Send does not reach {other}, whose mail goes to {service}: the server will refuse these recipients.";

    private DeliveryReport Refuse(OutgoingMessage message, IReadOnlyDictionary<DomainName, string> elsewhere) => new()
    {
        Status = DeliveryStatus.Failed,
        Method = route.Method,
        Server = route.Server,
        MessageId = message.Content.MessageId,
        Recipients =
        [
            .. message.Envelope.Recipients.Select(r => new RecipientOutcome(r.Address, RecipientStatus.NotTried, null)),
        ],
        Error = new DirectSendReachException(reach.Domain, elsewhere),
    };
}
