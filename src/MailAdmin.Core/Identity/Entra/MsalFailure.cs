using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Identity.Client;

namespace MailAdmin.Identity.Entra;

/// <summary>
/// Turns MSAL's exceptions into our own. They are not kept as inner exceptions: they hold the service's whole answer,
/// and are types of another module's assembly to whoever looks at them.
/// </summary>
internal static partial class MsalFailure
{
    private const int TooManyRequests = (int)HttpStatusCode.TooManyRequests;

    /// <summary>Whether this is a failure to explain, and not the caller's own cancelling.</summary>
    public static bool IsOne(Exception exception, CancellationToken cancellationToken) =>
        !cancellationToken.IsCancellationRequested
        && exception is MsalException or HttpRequestException or OperationCanceledException;

    public static TokenException Explain(Exception exception, TokenSettings settings) => exception switch
    {
        MsalUiRequiredException ui when settings.NeedsPerson => SignInNeeded(ui),
        MsalServiceException service when Status(service) == TooManyRequests => Throttled(service),
        MsalServiceException service when settings.Flow == TokenFlow.ManagedIdentity => NoIdentity(service),
        MsalServiceException service when Status(service) >= 500 => Failed(service),
        MsalServiceException service => Refused(service),
        MsalClientException { ErrorCode: MsalError.CodeExpired } => CodeExpired(null),
        MsalClientException { ErrorCode: MsalError.AuthenticationCanceledError } => Declined(null),
        MsalClientException client when settings.Flow == TokenFlow.ManagedIdentity => NoIdentity(client),
        MsalClientException client => new TokenException(
            "TokenRefused", MailErrorKind.Authentication, $"No token could be had: {FirstLine(client.Message)}", null)
        {
            Code = client.ErrorCode,
        },
        OperationCanceledException => TokenFailure.TimedOut(Service(settings), exception),
        _ => TokenFailure.Unreachable(Service(settings), exception),
    };

    private static string Service(TokenSettings settings) =>
        settings.Flow == TokenFlow.ManagedIdentity
            ? "this machine's identity service"
            : (settings.Authority ?? CloudEndpoints.Of(settings.Cloud).SignIn).Host;

    private static int Status(MsalServiceException e) =>
        e is MsalThrottledServiceException ? TooManyRequests : e.StatusCode;

    private static TokenException SignInNeeded(MsalUiRequiredException e) => new(
        "TokenSignInNeeded",
        MailErrorKind.Authentication,
        $"Somebody must sign in again: {Words(e)}",
        "Run Get-SmtpToken at a prompt, and sign in.")
    {
        Code = Code(e),
        Status = e.StatusCode,
    };

    private static TokenException Throttled(MsalServiceException e)
    {
        var headers = e is MsalThrottledServiceException held ? held.OriginalServiceException.Headers : e.Headers;
        return TokenFailure.Throttled("The sign-in service", headers?.RetryAfter?.Delta, Code(e));
    }

    private static TokenException Failed(MsalServiceException e) =>
        TokenFailure.Failed("The sign-in service", e.StatusCode, Code(e));

    private static TokenException Refused(MsalServiceException e) => e.ErrorCode switch
    {
        "authorization_declined" or "access_denied" => Declined(Code(e)),
        "expired_token" or "code_expired" => CodeExpired(Code(e)),
        _ => new TokenException(
            "TokenRefused",
            MailErrorKind.Authentication,
            $"The sign-in service gave no token: {Words(e)}",
            "Look the code up with Resolve-SmtpError.")
        {
            Code = Code(e),
            Status = e.StatusCode,
        },
    };

    private static TokenException Declined(string? code) => TokenFailure.Declined(code);

    private static TokenException CodeExpired(string? code) => TokenFailure.CodeExpired(code);

    private static TokenException NoIdentity(MsalException e) => e is MsalServiceException { StatusCode: >= 500 } failed
        ? TokenFailure.Failed("This machine's identity service", failed.StatusCode, failed.ErrorCode)
        : new TokenException(
            "ManagedIdentityMissing",
            MailErrorKind.NotFound,
            $"This machine has no managed identity that could be used: {FirstLine(e.Message)}",
            "Run this in Azure, and switch the system-assigned identity on or assign one to this machine; name an "
            + "assigned one by its id. Elsewhere use a certificate or a client secret.")
        {
            Code = e.ErrorCode,
            Status = (e as MsalServiceException)?.StatusCode,
        };

    private static string Code(MsalException e) =>
        AadCode().Match(e.Message) is { Success: true } match ? match.Value : e.ErrorCode;

    // MSAL puts advice of its own before Entra's words, and Entra puts what support asks for behind them.
    private static string Words(MsalServiceException e)
    {
        var line = FirstLine(e.Message);
        var start = Math.Max(0, line.IndexOf("AADSTS", StringComparison.Ordinal));
        var end = line.IndexOf(" Trace ID:", StringComparison.Ordinal);
        return end < start ? line[start..] : line[start..end];
    }

    private static string FirstLine(string text) => text.Split('\r', '\n')[0].Trim();

    [GeneratedRegex(@"AADSTS\d+")]
    private static partial Regex AadCode();
}
