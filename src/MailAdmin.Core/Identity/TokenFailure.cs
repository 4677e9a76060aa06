using System.Net.Sockets;

namespace MailAdmin.Identity;

/// <summary>What can happen with any identity provider.</summary>
internal static class TokenFailure
{
    /// <summary>The cache does not do, and nobody is there to sign in.</summary>
    public static TokenException NobodyThere(TokenSettings settings) => new(
        "TokenSignInNeeded",
        MailErrorKind.Authentication,
        $"Somebody must sign in{(settings.User is { } user ? $" as {user}" : "")}, and nobody can here.",
        "Run Get-SmtpToken with the same parameters at a prompt once; from then on the token is renewed by itself. For "
        + "tasks that run unattended use a client secret, a certificate or a managed identity.");

    public static TokenException Throttled(string who, TimeSpan? wait, string? code) => new(
        "TokenServiceThrottled",
        MailErrorKind.Limit,
        $"{who} is asked too often"
        + (wait is { } time ? $", and wants to be left alone for {time.TotalSeconds:0} seconds." : "."),
        "Wait, then try again. Keep a token source for a whole pipeline, so that it asks once an hour.")
    {
        Code = code,
        Status = 429,
        RetryAfter = wait,
    };

    public static TokenException Failed(string who, int status, string? code) => new(
        "TokenServiceFailed",
        MailErrorKind.Connection,
        $"{who} answered with an error of its own (HTTP {status}).",
        "Try again later; if it lasts, look at the service's health page.")
    {
        Code = code,
        Status = status,
    };

    public static TokenException Unreachable(string service, Exception cause) => new(
        "TokenServiceUnreachable",
        MailErrorKind.Connection,
        $"{service} cannot be reached: {Reason(cause)}",
        "Check that this machine reaches it over HTTPS (port 443); behind a proxy, name it with -Proxy.",
        cause);

    public static TokenException TimedOut(string service, Exception cause) => new(
        "TokenServiceUnreachable",
        MailErrorKind.Timeout,
        $"{service} did not answer in time.",
        "Check that this machine reaches it over HTTPS (port 443); behind a proxy, name it with -Proxy.",
        cause);

    public static TokenException Declined(string? code) => new(
        "TokenDeclined",
        MailErrorKind.Authentication,
        "The sign-in was declined or broken off.",
        "Start again, and agree to the permissions in the browser.")
    {
        Code = code,
    };

    public static TokenException CodeExpired(string? code) => new(
        "TokenCodeExpired",
        MailErrorKind.Timeout,
        "Nobody entered the code in time.",
        "Start again, and enter the code within a quarter of an hour.")
    {
        Code = code,
    };

    // Of sockets the outer message names the address, which may be a proxy's; of TLS the inner one says more.
    private static string Reason(Exception cause) =>
        cause.InnerException is SocketException ? cause.Message : cause.GetBaseException().Message;
}
