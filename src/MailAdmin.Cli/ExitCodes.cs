using MailAdmin.DomainChecks;
using MailAdmin.Probes;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.Cli;

/// <summary>Which exit code a failure or a report earns: the whole mapping is here.</summary>
internal static class ExitCodes
{
    public static ExitCode Of(Exception failure) => failure switch
    {
        CliException own => own.ExitCode,
        OperationCanceledException => ExitCode.Interrupted,
        MailException { ErrorId: "HostNotFound" or "HostHasNoAddress" or "MailDomainNotFound" or "NoMxEndpoint" } =>
            ExitCode.NoHost,
        MailException { IsTransient: true } => ExitCode.TemporaryFailure,
        MailException mail => Of(mail.Kind),
        IOException or UnauthorizedAccessException => ExitCode.InputOutput,
        _ => ExitCode.Software,
    };

    public static ExitCode Of(DeliveryReport report) => report switch
    {
        { Status: DeliveryStatus.Sent or DeliveryStatus.Queued } => ExitCode.Ok,
        { Error: not null and not RecipientsRefusedException } => Of(report.Error),
        _ => report.Recipients.Select(Of).DefaultIfEmpty(ExitCode.Unavailable).MaxBy(Weight),
    };

    /// <summary>For tested servers: the one that nobody can wait for decides.</summary>
    public static ExitCode Of(IReadOnlyList<ProbeResult> results) =>
        results.Select(Of).DefaultIfEmpty(ExitCode.Ok).MaxBy(Weight);

    public static ExitCode Of(ProbeResult result) => result switch
    {
        { FailedStage: null } => ExitCode.Ok,
        { Error: SmtpCommandException { Stage: SmtpStage.RcptTo, IsTransient: false } refusal }
            when IsUnknown(refusal.Reply) => ExitCode.NoUser,
        { Error: { } error } => Of(error),
        _ => ExitCode.Unavailable,
    };

    /// <summary>
    /// For checked domains: a domain that is known to be wrong outweighs one of which nothing is known.
    /// </summary>
    public static ExitCode Of(IReadOnlyList<MailDomainReport> reports) =>
        reports.Any(report => report is { IsConclusive: true, Severity: FindingSeverity.Error }) ? ExitCode.DataError
        : reports.Any(report => !report.IsConclusive) ? ExitCode.Unavailable
        : ExitCode.Ok;

    /// <summary>For a message of the queue. One that waits again may go in the next round.</summary>
    public static ExitCode Of(DistributedItem done) => done switch
    {
        { Verdict.NextState: QueueItemState.Sent or QueueItemState.Waiting } => ExitCode.Ok,
        { Report: { } report } when Of(report) is var code and not (ExitCode.Ok or ExitCode.TemporaryFailure) => code,
        _ => ExitCode.Unavailable,
    };

    /// <summary>The one of two that nobody can wait for; the first if that holds for both.</summary>
    public static ExitCode Worse(ExitCode first, ExitCode second) => Weight(second) > Weight(first) ? second : first;

    private static ExitCode Of(MailErrorKind kind) => kind switch
    {
        MailErrorKind.InvalidInput => ExitCode.DataError,
        MailErrorKind.NotFound => ExitCode.NoInput,
        MailErrorKind.Tls => ExitCode.Configuration,
        MailErrorKind.Authentication or MailErrorKind.Permission => ExitCode.NoPermission,
        MailErrorKind.Storage => ExitCode.InputOutput,
        MailErrorKind.Protocol => ExitCode.Protocol,
        MailErrorKind.Timeout => ExitCode.TemporaryFailure,
        MailErrorKind.Connection or MailErrorKind.Rejected or MailErrorKind.Limit or MailErrorKind.NotSupported =>
            ExitCode.Unavailable,
        _ => ExitCode.Software,
    };

    private static ExitCode Of(RecipientOutcome outcome) => outcome.Status switch
    {
        RecipientStatus.Accepted => ExitCode.Ok,
        RecipientStatus.Deferred => ExitCode.TemporaryFailure,
        RecipientStatus.Refused when IsUnknown(outcome.Reply) => ExitCode.NoUser,
        _ => ExitCode.Unavailable,
    };

    // RFC 3463 §3.2: X.1.* is about the address. Without an enhanced code, 550, 551 and 553 are (RFC 5321 §4.2.3).
    private static bool IsUnknown(SmtpReply? reply) =>
        reply is { Enhanced: { } enhanced } ? enhanced.Subject == 1 : reply?.Code is 550 or 551 or 553;

    // Of several recipients the one that nobody can wait for decides.
    private static int Weight(ExitCode code) => code switch
    {
        ExitCode.Ok => 0,
        ExitCode.TemporaryFailure => 1,
        ExitCode.Unavailable => 2,
        _ => 3,
    };
}
