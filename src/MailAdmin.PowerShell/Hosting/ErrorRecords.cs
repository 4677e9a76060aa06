using System.Management.Automation;
using MailAdmin.Diagnosis;
using MailAdmin.Queueing.Scheduling;
using MailAdmin.Storage;
using MailAdmin.Throttling;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The one mapping from the core's failures to PowerShell's error records.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record: the id and category that scripts compare, the remedy that people read.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="target">What the user passed that it went wrong with.</param>
    /// <param name="diagnosis">Its diagnosis, where one was made that knows more than the failure tells.</param>
    public static ErrorRecord From(MailException failure, object? target, SmtpDiagnosis? diagnosis = null) =>
        new(failure, failure.ErrorId, Category(failure.Kind), target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = Remedy(failure, diagnosis) ?? "" },
        };

    // Of wrong input and of this machine the failure itself says best what to do; of what happens on the way the
    // catalogue knows more.
    private static string? Remedy(MailException failure, SmtpDiagnosis? diagnosis) =>
        failure.Kind is not (MailErrorKind.InvalidInput or MailErrorKind.NotFound)
        && failure is not (StoreException or SchedulingException or ThrottleException)
        && (diagnosis ?? ErrorCatalog.Default.Explain(failure).FirstOrDefault()) is { } known
            ? FirstStep(known)
            : failure.RecommendedAction;

    // The remedy may speak of the commands, so they stand below it.
    private static string FirstStep(SmtpDiagnosis diagnosis) => diagnosis.AdminCommand is { } commands
        ? diagnosis.Remedies[0] + Environment.NewLine + commands
        : diagnosis.Remedies[0];

    private static ErrorCategory Category(MailErrorKind kind) => kind switch
    {
        MailErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        MailErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        MailErrorKind.Connection => ErrorCategory.ConnectionError,
        MailErrorKind.Tls => ErrorCategory.SecurityError,
        MailErrorKind.Authentication => ErrorCategory.AuthenticationError,
        MailErrorKind.Protocol => ErrorCategory.ProtocolError,
        MailErrorKind.Rejected => ErrorCategory.InvalidResult,
        MailErrorKind.Limit => ErrorCategory.LimitsExceeded,
        MailErrorKind.Timeout => ErrorCategory.OperationTimeout,
        MailErrorKind.NotSupported => ErrorCategory.NotImplemented,
        MailErrorKind.Permission => ErrorCategory.PermissionDenied,
        MailErrorKind.Storage => ErrorCategory.ResourceUnavailable,
        _ => ErrorCategory.NotSpecified,
    };
}
