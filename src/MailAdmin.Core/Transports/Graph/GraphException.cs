using MailAdmin.Smtp;

namespace MailAdmin.Transports.Graph;

/// <summary>Microsoft Graph refused a request, or answered what nobody can use.</summary>
public sealed class GraphException : MailException
{
    internal GraphException(string errorId, MailErrorKind kind, string message, string recommendedAction)
        : base(errorId, kind, message, recommendedAction)
    {
    }

    /// <summary>The answer with its HTTP status; null when the failure is not one of its words.</summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>The service's code, such as <c>ErrorAccessDenied</c>; null when it named none.</summary>
    public string? Code { get; init; }

    /// <summary>How long the service asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when another message may go the same way.</summary>
    public bool ConcernsMessage { get; init; }

    /// <inheritdoc/>
    public override bool IsTransient => CanPass;

    internal bool CanPass { get; init; }
}
