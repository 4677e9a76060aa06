using MailAdmin.Sasl;

namespace MailAdmin.Smtp;

/// <summary>The server did not accept the credentials.</summary>
public sealed class AuthenticationFailedException : SmtpException
{
    /// <summary>Creates the failure.</summary>
    /// <param name="mechanism">The SASL mechanism that was tried last.</param>
    /// <param name="reply">What the server said.</param>
    /// <param name="serverError">What it said within the exchange, if anything.</param>
    /// <param name="fault">What this side sees to be wrong with the credential, if anything.</param>
    public AuthenticationFailedException(
        string mechanism, SmtpReply reply, string? serverError = null, CredentialFault? fault = null)
        : this(mechanism, reply, serverError, serverError is null ? null : BearerError.Read(serverError), fault)
    {
    }

    private AuthenticationFailedException(
        string mechanism, SmtpReply reply, string? serverError, BearerError? tokenError, CredentialFault? fault)
        : base(
            "SmtpAuthFailed",
            MailErrorKind.Authentication,
            SmtpStage.Auth,
            Describe(mechanism, reply, tokenError, fault),
            Advise(mechanism, reply, fault),
            reply)
    {
        Mechanism = mechanism;
        ServerError = serverError;
        TokenError = tokenError;
        Fault = fault;
    }

    /// <summary>The SASL mechanism that was tried last, such as <c>PLAIN</c>.</summary>
    public string Mechanism { get; }

    /// <summary>What the server said within the exchange (the JSON of XOAUTH2 and OAUTHBEARER), or null.</summary>
    public string? ServerError { get; }

    /// <summary>
    /// <see cref="ServerError"/> of XOAUTH2 and OAUTHBEARER, read; null when it is none that can be read.
    /// </summary>
    public BearerError? TokenError { get; }

    /// <summary>What this side sees to be wrong with the credential; null when nothing.</summary>
    public CredentialFault? Fault { get; }

    /// <summary>
    /// True when the server says that the token's time is over or all but over (High Volume Email's codes), or that the
    /// token itself does not do (RFC 6750 §3.1).
    /// </summary>
    internal bool SaysTokenIsOver =>
        TokenError is { ConcernsTokenItself: true } ||
        Reply!.Enhanced is { Class: 5, Subject: 5, Detail: 127 or 128 } or { Class: 5, Subject: 7, Detail: 142 or 143 };

    /// <summary>True when a token was refused.</summary>
    internal bool IsOfToken => IsToken(Mechanism);

    /// <summary>
    /// True when the reply says no more than that the login failed: no enhanced code, a general one (RFC 3463 §3.8, RFC
    /// 4954 §6), or Microsoft's two.
    /// </summary>
    internal bool LeavesCauseOpen => Reply!.Enhanced is null or { Subject: 7, Detail: 0 or 3 or 8 or 9 or 127 };

    /// <summary>The same failure, with what is seen to be wrong with the credential.</summary>
    internal AuthenticationFailedException Because(CredentialFault fault) =>
        new(Mechanism, Reply!, ServerError, TokenError, fault);

    private static bool IsToken(string mechanism) => mechanism is "XOAUTH2" or "OAUTHBEARER";

    private static string Describe(string mechanism, SmtpReply reply, BearerError? error, CredentialFault? fault)
    {
        var what = IsToken(mechanism) ? "token" : "credentials";
        var text = $"The server refused the {what} ({mechanism}): {reply}";
        text += error is null ? "" : $" (it says: {error})";
        return fault is null ? text : $"{text}. {fault.Description}";
    }

    private static string Advise(string mechanism, SmtpReply reply, CredentialFault? fault) =>
        reply.IsTransientFailure
            ? "The server says that this is temporary; try again later."
        : fault is not null ? fault.RecommendedAction
        : IsToken(mechanism)
            ? "Get a new token; it must be for this service, with the permission to send, and for this user."
        : "Check user name and password or token, and whether this account may use SMTP AUTH. Repeated attempts may " +
          "lock the account.";
}
