using System.Runtime.CompilerServices;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;

namespace MailAdmin.Smtp;

/// <summary>
/// The client's side of one SMTP session (RFC 5321), one method for each command. A refused command is a
/// <see cref="SmtpCommandException"/> and the session lives on; after any other exception, and after 421, it is broken
/// and good for nothing but disposing. For one caller at a time.
/// </summary>
public sealed class SmtpClient : IAsyncDisposable
{
    private readonly SmtpReplyParser _parser = new();
    private readonly ContentStream _content;

    /// <summary>Takes over a connection; it is disposed with the client.</summary>
    /// <param name="connection">Connected, under TLS already if the port wants that; nothing read yet.</param>
    /// <param name="timeouts">How long each stage may take.</param>
    public SmtpClient(Connection connection, SmtpTimeouts timeouts)
    {
        Connection = connection;
        Timeouts = timeouts;
        _content = new ContentStream(connection, timeouts);
    }

    /// <summary>The connection below.</summary>
    public Connection Connection { get; }

    /// <summary>How long each stage may take.</summary>
    public SmtpTimeouts Timeouts { get; }

    /// <summary>What the server offers, as of the last EHLO.</summary>
    public EhloCapabilities Capabilities { get; private set; } = EhloCapabilities.None;

    /// <summary>The last stage that was reached.</summary>
    public SmtpStage Stage { get; private set; } = SmtpStage.Connect;

    /// <summary>False once the server said 421 or the session broke.</summary>
    public bool IsOpen { get; private set; } = true;

    /// <summary>Who is told of each stage; null for nobody.</summary>
    internal ISmtpObserver? Observer { get; init; }

    /// <summary>The SASL mechanism that the login succeeded with; null without a login.</summary>
    internal string? LoginMechanism { get; set; }

    /// <summary>
    /// The commands that are being composed; they reach the connection with <see cref="WriteComposed"/>.
    /// </summary>
    internal SmtpCommandBuffer Commands { get; } = new();

    /// <summary>
    /// True when a transaction was left in the middle, so that RSET must go before the next MAIL FROM.
    /// </summary>
    internal bool NeedsReset { get; set; }

    /// <summary>Reads the server's first reply.</summary>
    /// <exception cref="SmtpCommandException">It turns clients away (554, 421).</exception>
    /// <exception cref="SmtpProtocolException">It is not an SMTP server.</exception>
    public Task<SmtpReply> ReadGreetingAsync(CancellationToken cancellationToken) =>
        ReadPositiveAsync(SmtpStage.Greeting, cancellationToken);

    /// <summary>EHLO, or HELO where the server does not know EHLO; sets <see cref="Capabilities"/>.</summary>
    /// <param name="localHost">This machine's name, or its address as a literal such as <c>[192.0.2.1]</c>.</param>
    /// <param name="cancellationToken">Breaks the session at once.</param>
    /// <exception cref="SmtpCommandException">Both were refused, or EHLO with 4yz.</exception>
    public async Task<SmtpReply> EhloAsync(string localHost, CancellationToken cancellationToken)
    {
        Capabilities = EhloCapabilities.None;
        Commands.Append("EHLO "u8).Append(localHost).End(SmtpStage.Ehlo);
        var reply = await AskAsync(SmtpStage.Ehlo, cancellationToken).ConfigureAwait(false);
        if (reply.IsPositive)
        {
            Capabilities = EhloCapabilities.Parse(reply);
            return reply;
        }

        if (!reply.IsPermanentFailure)
        {
            throw Refused(SmtpStage.Ehlo, reply);
        }

        Commands.Append("HELO "u8).Append(localHost).End(SmtpStage.Ehlo);
        return await AskPositiveAsync(SmtpStage.Ehlo, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// STARTTLS and the handshake; EHLO must follow, as what was said before counts no more (RFC 3207 §4.2).
    /// </summary>
    /// <exception cref="SmtpCommandException">The command was refused; the session goes on without TLS.</exception>
    /// <exception cref="CertificateException">The certificate is not acceptable.</exception>
    /// <exception cref="TlsFailedException">The handshake failed.</exception>
    public async Task StartTlsAsync(TlsClientOptions options, CancellationToken cancellationToken)
    {
        await RequestTlsAsync(cancellationToken).ConfigureAwait(false);
        await BeginTlsAsync(options, cancellationToken).ConfigureAwait(false);
        Capabilities = EhloCapabilities.None;
    }

    /// <summary>STARTTLS alone: what the server reads next has to be a handshake.</summary>
    /// <exception cref="SmtpCommandException">The command was refused; the session goes on without TLS.</exception>
    internal Task<SmtpReply> RequestTlsAsync(CancellationToken cancellationToken)
    {
        Commands.Append("STARTTLS"u8).End(SmtpStage.StartTls);
        return AskPositiveAsync(SmtpStage.StartTls, cancellationToken);
    }

    /// <summary>The handshake on a port that wants TLS at once, before the greeting.</summary>
    /// <exception cref="CertificateException">The certificate is not acceptable.</exception>
    /// <exception cref="TlsFailedException">The handshake failed.</exception>
    public async Task BeginTlsAsync(TlsClientOptions options, CancellationToken cancellationToken)
    {
        Enter(SmtpStage.Tls);
        IsOpen = false;
        await Connection.UpgradeToTlsAsync(options, Timeouts.TlsHandshake, cancellationToken).ConfigureAwait(false);
        IsOpen = true;
        Observer?.Secured(Connection.Tls!);
    }

    /// <summary>MAIL FROM.</summary>
    /// <param name="reversePath">The sender; null is the empty path <c>&lt;&gt;</c>.</param>
    /// <param name="parameters">Only what the server offers.</param>
    /// <param name="cancellationToken">Breaks the session at once.</param>
    public Task<SmtpReply> MailFromAsync(
        EmailAddress? reversePath, MailParameters parameters, CancellationToken cancellationToken)
    {
        Commands.MailFrom(reversePath, parameters);
        return AskPositiveAsync(SmtpStage.MailFrom, cancellationToken);
    }

    /// <summary>RCPT TO; the DSN parameters are left out where the server does not offer DSN.</summary>
    public Task<SmtpReply> RcptToAsync(EnvelopeRecipient recipient, CancellationToken cancellationToken)
    {
        Commands.RcptTo(recipient, Capabilities.Dsn);
        return AskPositiveAsync(SmtpStage.RcptTo, cancellationToken);
    }

    /// <summary>RSET: gives the transaction up.</summary>
    public async Task<SmtpReply> RsetAsync(CancellationToken cancellationToken)
    {
        Commands.Rset();
        var reply = await AskPositiveAsync(SmtpStage.Rset, cancellationToken).ConfigureAwait(false);
        NeedsReset = false;
        return reply;
    }

    /// <summary>NOOP: asks whether the session still lives.</summary>
    public Task<SmtpReply> NoopAsync(CancellationToken cancellationToken)
    {
        Commands.Append("NOOP"u8).End(SmtpStage.Noop);
        return AskPositiveAsync(SmtpStage.Noop, cancellationToken);
    }

    /// <summary>
    /// QUIT, if the session is in a state for it. Never fails: whatever the server says or does not say, the session
    /// is over, and nothing that was sent before depends on it.
    /// </summary>
    public async Task QuitAsync(CancellationToken cancellationToken)
    {
        if (!IsOpen)
        {
            return;
        }

        Commands.Append("QUIT"u8).End(SmtpStage.Quit);
        try
        {
            await AskAsync(SmtpStage.Quit, cancellationToken).ConfigureAwait(false);
        }
        catch (MailException e)
        {
            Connection.Note($"QUIT was not answered: {e.Message}");
        }
        finally
        {
            IsOpen = false;
        }
    }

    /// <summary>Closes the connection, without QUIT.</summary>
    public ValueTask DisposeAsync()
    {
        IsOpen = false;
        return Connection.DisposeAsync();
    }

    /// <summary>Moves the composed commands into the connection's output.</summary>
    internal void WriteComposed()
    {
        Connection.Write(Commands.Lines);
        Commands.Reset();
    }

    /// <summary>Says what is going on from here: failures name it.</summary>
    internal void Enter(SmtpStage stage)
    {
        if (Stage != stage)
        {
            Stage = stage;
            Connection.Stage = stage.InWords();
            Observer?.Entered(stage);
        }
    }

    /// <summary>
    /// Sends all output in one write. A server that left with a word on it is heard by the next read.
    /// </summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    internal async ValueTask FlushAsync(SmtpStage stage, CancellationToken cancellationToken)
    {
        Enter(stage);
        try
        {
            await Connection.FlushAsync(Timeouts.For(stage), cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException) when (Connection.HasBufferedInput)
        {
            IsOpen = false;
        }
    }

    /// <summary>Reads one reply, whatever it says.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    internal async ValueTask<SmtpReply> ReadReplyAsync(SmtpStage stage, CancellationToken cancellationToken)
    {
        Enter(stage);
        var timeout = Timeouts.For(stage);
        while (true)
        {
            var line = await Connection.ReadLineAsync(SmtpReplyParser.MaxLineLength, timeout, cancellationToken)
                .ConfigureAwait(false);
            if (_parser.Add(line.Span, stage) is { } reply)
            {
                IsOpen &= !reply.ClosesSession;
                Observer?.Replied(stage, reply);
                return reply;
            }
        }
    }

    /// <summary>Sends what was composed and reads the reply, whatever it says.</summary>
    internal async ValueTask<SmtpReply> AskAsync(SmtpStage stage, CancellationToken cancellationToken)
    {
        WriteComposed();
        await FlushAsync(stage, cancellationToken).ConfigureAwait(false);
        return await ReadReplyAsync(stage, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Writes the message behind DATA's 354 with the final dot, or behind BDAT without; the last octets stay in the
    /// connection's buffer until it is flushed.
    /// </summary>
    /// <returns>
    /// False when the server left with a word on it, which the next read hears; the message was cut off.
    /// </returns>
    internal async ValueTask<bool> WriteContentAsync(
        PreparedMessage message, bool chunked, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        Enter(SmtpStage.Content);
        _content.Begin(stuffDots: !chunked, message.Length, progress);
        try
        {
            await message.WriteToAsync(_content, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectionLostException) when (Connection.HasBufferedInput)
        {
            IsOpen = false;
            return false;
        }

        _content.End();
        if (!chunked)
        {
            Connection.Write(_content.IsAtLineStart ? ".\r\n"u8 : "\r\n.\r\n"u8);
        }

        return true;
    }

    private static SmtpException Refused(SmtpStage stage, SmtpReply reply) =>
        reply.IsTransientFailure || reply.IsPermanentFailure
            ? new SmtpCommandException(stage, reply)
            : SmtpProtocolException.Unexpected(reply, stage);

    private async Task<SmtpReply> AskPositiveAsync(SmtpStage stage, CancellationToken cancellationToken)
    {
        var reply = await AskAsync(stage, cancellationToken).ConfigureAwait(false);
        return reply.IsPositive ? reply : throw Refused(stage, reply);
    }

    private async Task<SmtpReply> ReadPositiveAsync(SmtpStage stage, CancellationToken cancellationToken)
    {
        var reply = await ReadReplyAsync(stage, cancellationToken).ConfigureAwait(false);
        return reply.IsPositive ? reply : throw Refused(stage, reply);
    }

}
