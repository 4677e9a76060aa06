using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>None of a route's hosts gave a session; each has its own failure.</summary>
/// <param name="failures">The failures in the order of the attempts; at least one.</param>
public sealed class NoHostAvailableException(IReadOnlyList<HostFailure> failures) : SmtpException(
    "NoHostAvailable",
    MailErrorKind.Connection,
    failures[^1].Stage,
    "None of the hosts can take the mail now. " +
    string.Join(' ', failures.Select(failure => $"{failure.Server}: {failure.Cause.Message}")),
    failures[0].Cause.RecommendedAction,
    failures.Select(f => (f.Cause as SmtpException)?.Reply).LastOrDefault(reply => reply is not null),
    failures[0].Cause)
{
    /// <summary>The failures in the order of the attempts.</summary>
    public IReadOnlyList<HostFailure> Failures { get; } = failures;

    /// <inheritdoc/>
    public override bool IsTransient => Failures.Any(failure => failure.Cause.IsTransient);
}
