namespace MailAdmin.Smtp;

/// <summary>The server did not accept the credentials.</summary>
public sealed class AuthenticationFailedException : SmtpException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="mechanism">The SASL mechanism that was tried last.</param>
    /// <param name="reply">What the server said.</param>
    /// <param name="serverError">What it said within the exchange, if anything.</param>
    public AuthenticationFailedException(string mechanism, SmtpReply reply, string? serverError = null)
        : base(
            "SmtpAuthFailed",
            MailErrorKind.Authentication,
            SmtpStage.Auth,
            $"The server refused the credentials ({mechanism}): {reply}",
            reply.IsTransientFailure
                ? "The server says that this is temporary; try again later."
                : "Check user name and password or token, and whether this account may use SMTP AUTH. Repeated attempts may lock the account.",
            reply)
    {
        Mechanism = mechanism;
        ServerError = serverError;
    }

    /// <summary>The SASL mechanism that was tried last, such as <c>PLAIN</c>.</summary>
    public string Mechanism { get; }

    /// <summary>What the server said within the exchange (the JSON of XOAUTH2 and OAUTHBEARER), or null.</summary>
    public string? ServerError { get; }
}
