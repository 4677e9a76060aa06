namespace MailAdmin.Server;

/// <summary>
/// What comes out of one response of a client that logs in; with neither part the response is malformed.
/// </summary>
/// <param name="Challenge">What the server asks next.</param>
/// <param name="Login">The finished attempt.</param>
internal readonly record struct LoginStep(byte[]? Challenge, SmtpLogin? Login)
{
    public static LoginStep Malformed => default;

    public static LoginStep Ask(ReadOnlySpan<byte> challenge) => new(challenge.ToArray(), null);

    public static LoginStep Done(SmtpLogin login) => new(null, login);
}
