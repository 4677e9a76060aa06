using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Transports.Graph;

/// <summary>
/// Turns a refusal into a failure: by the service's code where it is known, else by the HTTP status. Which status lets
/// a request be made again is decided elsewhere.
/// </summary>
internal static class GraphFaults
{
    private static readonly GraphFault TokenRefused = new(
        "GraphTokenRefused",
        MailErrorKind.Authentication,
        "Get a new token for this cloud's Graph service; Test-SmtpToken says what is wrong with the one you have.");

    private static readonly GraphFault Unauthorized = new(
        "GraphUnauthorized",
        MailErrorKind.Authentication,
        "Check that the sender is a user with a licensed mailbox and that sign-in is not blocked, then get a new "
        + "token.");

    private static readonly GraphFault AccessDenied = new(
        "GraphAccessDenied",
        MailErrorKind.Permission,
        "Grant the app Mail.Send (and Mail.ReadWrite for messages of more than 4 MB) with an administrator's consent, "
        + "and check that no access policy keeps it from this mailbox.");

    private static readonly GraphFault SendAsDenied = new(
        "GraphSendAsDenied",
        MailErrorKind.Permission,
        "Grant the mailbox Send As or Send on Behalf for that address, or send as the mailbox itself.")
    { ConcernsMessage = true };

    private static readonly GraphFault MailboxNotEnabled = new(
        "GraphMailboxNotEnabled",
        MailErrorKind.NotFound,
        "Give the user a licence with Exchange Online; a mailbox on an own server is out of Graph's reach.");

    private static readonly GraphFault MailboxNotFound = new(
        "GraphMailboxNotFound",
        MailErrorKind.NotFound,
        "Check the sender's address: it must be a user or a shared mailbox of the tenant that the token is for.");

    private static readonly GraphFault TooLarge = new(
        "GraphMessageTooLarge",
        MailErrorKind.Limit,
        "Send less in one message, put the file where recipients can fetch it, or raise the mailbox's limit for "
        + "sending.")
    { ConcernsMessage = true };

    private static readonly GraphFault SendingLimit = new(
        "GraphSendingLimit",
        MailErrorKind.Limit,
        "Wait: the mailbox has sent to as many recipients as it may within 24 hours. For more use High Volume Email or "
        + "Azure Communication Services.")
    { CanPass = true };

    private static readonly GraphFault Throttled = new(
        "GraphThrottled", MailErrorKind.Limit, "Send more slowly; Graph takes 30 messages a minute from a mailbox.")
    { CanPass = true };

    private static readonly GraphFault RecipientInvalid = new(
        "GraphRecipientInvalid", MailErrorKind.Rejected, "Correct the recipients' addresses.")
    { ConcernsMessage = true };

    private static readonly GraphFault MailboxFull = new(
        "GraphMailboxFull", MailErrorKind.Limit, "Make room in the mailbox: what it sends is kept there.");

    private static readonly GraphFault RequestRefused = new(
        "GraphRequestRefused",
        MailErrorKind.Rejected,
        "Read what the service says; the message may hold what it cannot read.")
    { ConcernsMessage = true };

    private static readonly GraphFault Unavailable = new(
        "GraphUnavailable", MailErrorKind.Rejected, "Try again later; the service health page says whether it is down.")
    { CanPass = true };

    private static readonly GraphFault Redirected = new(
        "GraphRedirected",
        MailErrorKind.Protocol,
        "Check the address of the service and the proxy: a token is sent to no place that an answer names.");

    private static readonly Dictionary<string, GraphFault> ByCode = new(StringComparer.OrdinalIgnoreCase)
    {
        ["InvalidAuthenticationToken"] = TokenRefused,
        ["CompactToken"] = TokenRefused,
        ["TokenNotFound"] = TokenRefused,
        ["unauthenticated"] = TokenRefused,
        ["ErrorAccessDenied"] = AccessDenied,
        ["accessDenied"] = AccessDenied,
        ["Authorization_RequestDenied"] = AccessDenied,
        ["extensionError"] = AccessDenied,
        ["ErrorSendAsDenied"] = SendAsDenied,
        ["MailboxNotEnabledForRESTAPI"] = MailboxNotEnabled,
        ["MailboxNotSupportedForRESTAPI"] = MailboxNotEnabled,
        ["ErrorMailboxNotEnabledForRESTAPI"] = MailboxNotEnabled,
        ["OrganizationFromTenantGuidNotFound"] = MailboxNotEnabled,
        ["ErrorInvalidUser"] = MailboxNotFound,
        ["ResourceNotFound"] = MailboxNotFound,
        ["Request_ResourceNotFound"] = MailboxNotFound,
        ["ErrorNonExistentMailbox"] = MailboxNotFound,
        ["ErrorMessageSizeExceeded"] = TooLarge,
        ["ErrorAttachmentSizeLimitExceeded"] = TooLarge,
        ["RequestEntityTooLarge"] = TooLarge,
        ["maxStreamSizeExceeded"] = TooLarge,
        ["ErrorExceededMessageLimit"] = SendingLimit,
        ["ErrorSubmissionQuotaExceeded"] = SendingLimit,
        ["ApplicationThrottled"] = Throttled,
        ["TooManyRequests"] = Throttled,
        ["activityLimitReached"] = Throttled,
        ["throttledRequest"] = Throttled,
        ["ErrorServerBusy"] = Throttled,
        ["ErrorInvalidRecipients"] = RecipientInvalid,
        ["ErrorInvalidRecipientEmailAddress"] = RecipientInvalid,
        ["ErrorQuotaExceeded"] = MailboxFull,
        ["quotaLimitReached"] = MailboxFull,
    };

    /// <summary>Makes the failure of a refusal.</summary>
    public static GraphException Of(string host, string step, GraphAnswer answer)
    {
        var fault = Find(answer);
        var name = answer.RequestId is null ? "" : $" (request-id {answer.RequestId})";
        return new GraphException(
            fault.ErrorId, fault.Kind, $"{host} refused {step}: {answer.Outcome.TrimEnd('.')}{name}.", fault.Advice)
        {
            Reply = answer.ToReply(),
            Code = answer.Code,
            RetryAfter = answer.RetryAfter,
            CanPass = fault.CanPass,
            ConcernsMessage = fault.ConcernsMessage,
        };
    }

    /// <summary>Makes the failure of an answer that says yes, and not what was to be said.</summary>
    public static GraphException NotUnderstood(string host, string step, string what) => new(
        "GraphAnswerNotUnderstood",
        MailErrorKind.Protocol,
        $"{host} answered {step} in a way that is not understood: {what}.",
        "Check that the address is that of Microsoft Graph and that no proxy answers in its place.");

    private static GraphFault Find(GraphAnswer answer) =>
        answer.Code is not null && ByCode.TryGetValue(answer.Code, out var known)
            ? known
            : answer.Status switch
            {
                < 400 => Redirected,
                401 => Unauthorized,
                403 => AccessDenied,
                404 => MailboxNotFound,
                413 => TooLarge,
                400 when IsAboutLength(answer) => TooLarge,
                429 => Throttled,
                507 => MailboxFull,
                408 or >= 500 => Unavailable,
                _ => RequestRefused,
            };

    // The gateway's own limit comes as a bad request without a code of its own.
    private static bool IsAboutLength(GraphAnswer answer) =>
        answer.Message?.Contains("maximum request length", StringComparison.OrdinalIgnoreCase) == true;
}
