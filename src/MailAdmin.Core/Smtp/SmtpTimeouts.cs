namespace MailAdmin.Smtp;

/// <summary>
/// How long each stage waits for the server. The defaults are the minima of RFC 5321 §4.5.3.2; where the RFC names none
/// (AUTH, STARTTLS, RSET) they are those of like commands. QUIT is short because nothing depends on its reply.
/// The time for connecting is part of the dial options.
/// </summary>
public sealed record SmtpTimeouts
{
    /// <summary>The greeting; 5 minutes.</summary>
    public TimeSpan Greeting { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>EHLO and HELO; 5 minutes.</summary>
    public TimeSpan Ehlo { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The reply to STARTTLS; 2 minutes.</summary>
    public TimeSpan StartTls { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The TLS handshake; 1 minute.</summary>
    public TimeSpan TlsHandshake { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>AUTH, and each challenge; 2 minutes.</summary>
    public TimeSpan Auth { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>MAIL FROM; 5 minutes.</summary>
    public TimeSpan MailFrom { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>RCPT TO; 5 minutes.</summary>
    public TimeSpan RcptTo { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The reply to DATA; 2 minutes.</summary>
    public TimeSpan Data { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>One block of the message on its way to the server; 3 minutes.</summary>
    public TimeSpan Content { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>
    /// The reply to the end of the message; 10 minutes. A shorter time makes duplicates: a slow server delivers what
    /// its client gave up.
    /// </summary>
    public TimeSpan EndOfData { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>RSET and NOOP; 2 minutes.</summary>
    public TimeSpan Rset { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>QUIT; 5 seconds.</summary>
    public TimeSpan Quit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The same time for every stage, save that QUIT stays at 5 seconds if that is shorter.</summary>
    /// <param name="timeout">More than zero.</param>
    public static SmtpTimeouts All(TimeSpan timeout)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        var quit = TimeSpan.FromSeconds(5);
        return new SmtpTimeouts
        {
            Greeting = timeout,
            Ehlo = timeout,
            StartTls = timeout,
            TlsHandshake = timeout,
            Auth = timeout,
            MailFrom = timeout,
            RcptTo = timeout,
            Data = timeout,
            Content = timeout,
            EndOfData = timeout,
            Rset = timeout,
            Quit = timeout < quit ? timeout : quit,
        };
    }

    /// <summary>The time for the reply at a stage that waits for one.</summary>
    internal TimeSpan For(SmtpStage stage) => stage switch
    {
        SmtpStage.Greeting => Greeting,
        SmtpStage.Ehlo => Ehlo,
        SmtpStage.StartTls => StartTls,
        SmtpStage.Tls => TlsHandshake,
        SmtpStage.Auth => Auth,
        SmtpStage.MailFrom => MailFrom,
        SmtpStage.RcptTo => RcptTo,
        SmtpStage.Data => Data,
        SmtpStage.Content => Content,
        SmtpStage.EndOfData => EndOfData,
        SmtpStage.Rset or SmtpStage.Noop => Rset,
        SmtpStage.Quit => Quit,
        _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "Nothing is waited for at this stage."),
    };
}
