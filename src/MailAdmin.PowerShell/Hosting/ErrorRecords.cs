using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The one mapping from the core's failures to PowerShell's error records.</summary>
internal static class ErrorRecords
{
    /// <summary>Makes the record: the id and category that scripts compare, the remedy that people read.</summary>
    /// <param name="failure">What went wrong.</param>
    /// <param name="target">What the user passed that it went wrong with.</param>
    public static ErrorRecord From(MailException failure, object? target) =>
        new(failure, failure.ErrorId, Category(failure.Kind), target)
        {
            ErrorDetails = new ErrorDetails(failure.Message) { RecommendedAction = failure.RecommendedAction ?? "" },
        };

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
        _ => ErrorCategory.NotSpecified,
    };
}
