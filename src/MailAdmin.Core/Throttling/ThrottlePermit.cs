using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Throttling;

/// <summary>
/// The places that a message has in the windows. It is settled once, when the attempt has ended; what is not settled
/// ages out as if it had been used.
/// </summary>
public sealed class ThrottlePermit
{
    private readonly Func<bool, CancellationToken, Task>? _settle;

    internal ThrottlePermit(Func<bool, CancellationToken, Task>? settle) => _settle = settle;

    /// <summary>For a route without limits: there is nothing to settle.</summary>
    public static ThrottlePermit Free { get; } = new(null);

    /// <summary>
    /// Settles it by what became of the attempt: the places are given back if it never came as far as MAIL.
    /// </summary>
    public Task SettleAsync(DeliveryReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(report);
        var isUsed = report.Stage >= SmtpStage.MailFrom || report.Recipients.Any(WasOffered);
        return SettleAsync(isUsed, cancellationToken);
    }

    /// <summary>Settles it.</summary>
    /// <param name="isUsed">True when the server may have counted the attempt, also when it refused it.</param>
    /// <param name="cancellationToken">Gives up; the places age out then.</param>
    public Task SettleAsync(bool isUsed, CancellationToken cancellationToken) =>
        _settle?.Invoke(isUsed, cancellationToken) ?? Task.CompletedTask;

    // A message of several transactions may end without a session although the first of them went through.
    private static bool WasOffered(RecipientOutcome recipient) =>
        recipient.Reply is not null || recipient.Status is RecipientStatus.Accepted or RecipientStatus.Deferred;
}
