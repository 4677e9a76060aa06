using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Server;

/// <summary>
/// The server's side of one SMTP connection (RFC 5321) as a state machine without I/O: octets go in through
/// <see cref="Receive"/>; <see cref="Advance"/> says what is to be done; replies gather in
/// <see cref="Output"/>, the content of a message in <see cref="Content"/>. All of a pipelined group is answered before
/// the next read is asked for.
/// <code>
/// Greeting → Command                the lines of an AUTH exchange and the content are read there too
///            Command ⇄ Handshake    STARTTLS; with implicit TLS Handshake stands before Greeting
///            Command ⇄ Storing      a message is complete
///            any     → Closed
/// </code>
/// </summary>
internal sealed class SmtpServerSession : IDisposable
{
    private const int FlushThreshold = 32 * 1024;

    private readonly SmtpTestServerOptions _options;
    private readonly SmtpSessionInfo _info;
    private readonly CommandTranscript? _transcript;
    private readonly LineReader _lines = new();
    private readonly ReplyWriter _replies;
    private readonly SmtpDialogue _dialogue;
    private readonly FaultInjector _faults;
    private readonly ContentPhase _content;
    private State _state;
    private bool _hasGreeted;
    private bool _hasEnded;

    public SmtpServerSession(
        SmtpTestServerOptions options, SmtpSessionInfo info, FaultCounter faults, ITranscript? transcript)
    {
        _options = options;
        _info = info;
        _transcript = transcript is null ? null : new CommandTranscript(transcript);
        _replies = new ReplyWriter(Output, options.Offers(SmtpServerExtensions.EnhancedStatusCodes), transcript);
        _dialogue = new SmtpDialogue(options, info, _replies);
        _faults = new FaultInjector(faults, info.Number, Output, _replies);
        _content = new ContentPhase(options, _dialogue, _replies, _faults, _lines, _transcript);
    }

    private enum State
    {
        Greeting,
        Command,
        Storing,
        Handshake,
        Closed,
    }

    /// <summary>Octets to be written, in order; whoever writes them clears it.</summary>
    public PooledBuffer Output { get; } = new();

    /// <summary>Content of the present message that was not taken out yet; whoever takes it clears it.</summary>
    public PooledBuffer Content => _content.Receiver.Content;

    /// <summary>Tells the contents of messages apart.</summary>
    public int MessageNumber => _content.Receiver.MessageNumber;

    /// <summary>The length of the present content, with what was taken out.</summary>
    public long ContentSize => _content.Receiver.Size;

    /// <summary>The rate that a fault has set, in octets; 0 without one.</summary>
    public int OctetsPerSecond => _faults.OctetsPerSecond;

    /// <summary>True when no transaction would be lost if the connection ended now.</summary>
    public bool IsIdle => _state == State.Closed || (_state == State.Command && _dialogue.Transaction is null);

    /// <summary>True while a line is expected, not content.</summary>
    public bool ExpectsLine => _state == State.Command && !_content.IsActive;

    public SmtpMailCommand Mail => _dialogue.Transaction!.Mail;

    public Envelope Envelope => _dialogue.Transaction!.ToEnvelope();

    /// <summary>Takes octets that arrived.</summary>
    public void Receive(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var room = _lines.GetMemory().Span;
            var count = Math.Min(room.Length, octets.Length);
            octets[..count].CopyTo(room);
            _lines.Advance(count);
            octets = octets[count..];
        }
    }

    /// <summary>Forgets octets that arrived and were not looked at yet.</summary>
    public void Drop() => _lines.Take(_lines.Buffered);

    /// <summary>Begins the conversation.</summary>
    public SessionAction Open()
    {
        if (_faults.Strike(FaultStep.Connect, successClass: 0) is { } action)
        {
            return End(action == SessionAction.Flush ? SessionAction.Close : action);
        }

        return _options.Security == SmtpServerSecurity.Implicit ? BeginHandshake() : Greet();
    }

    /// <summary>Says that TLS is on.</summary>
    public SessionAction TlsEstablished(SslProtocols protocol, X509Certificate2? clientCertificate)
    {
        _info.TlsProtocol = protocol;
        _info.ClientCertificate = clientCertificate;
        _transcript?.Note($"TLS is on: {protocol}");
        if (!_hasGreeted)
        {
            return Greet();
        }

        _dialogue.Restart();
        _state = State.Command;
        return Advance();
    }

    /// <summary>Says that the message is kept, or why it is not.</summary>
    /// <param name="id">Its name for the reply.</param>
    /// <param name="decision">The policy's reply; null for the server's own.</param>
    public SessionAction Stored(string id, SmtpReply? decision)
    {
        if (decision is { IsPositive: false })
        {
            _replies.WriteAsIs(decision);
        }
        else
        {
            _info.MessageCount++;
            _replies.Replacement ??= decision;
            _replies.Write(StockReply.MessageTaken, id);
        }

        return EndMessage();
    }

    /// <summary>Says that the message could not be kept.</summary>
    public SessionAction NotStored()
    {
        _replies.Write(StockReply.NotStored);
        return EndMessage();
    }

    /// <summary>Ends the conversation from this side, with a reply that nobody asked for.</summary>
    public SessionAction Close(StockReply farewell)
    {
        _replies.Write(farewell);
        return End(SessionAction.Close);
    }

    /// <summary>Goes on until something is to be done outside.</summary>
    public SessionAction Advance()
    {
        while (true)
        {
            if (Step() is { } action)
            {
                var isOver = action is not
                    (SessionAction.Read or SessionAction.Flush or SessionAction.Handshake or SessionAction.Store);
                return isOver ? End(action) : action;
            }
        }
    }

    public void Dispose()
    {
        TellEnd();
        _lines.Dispose();
        _content.Dispose();
        Output.Dispose();
    }

    private SessionAction? Step() => _state switch
    {
        State.Command when _replies.ClosesSession => SessionAction.Close,
        State.Command when _content.IsActive => ReadContent(),
        State.Command => Output.Length >= FlushThreshold ? SessionAction.Flush : ReadLine(),
        State.Storing => SessionAction.Store,
        State.Handshake => SessionAction.Handshake,
        State.Greeting => SessionAction.Read,
        _ => SessionAction.Close,
    };

    private SessionAction? ReadContent()
    {
        var action = _content.Read();
        _state = action == SessionAction.Store ? State.Storing : _state;
        return action;
    }

    private SessionAction? ReadLine()
    {
        ReadOnlyMemory<byte> line;
        try
        {
            if (!_lines.TryReadLine(Math.Max(_options.MaxAuthLineLength, _options.MaxCommandLength) - 2, out line))
            {
                return SessionAction.Read;
            }
        }
        catch (LineTooLongException)
        {
            return RefuseLine(_dialogue.Login.IsInProgress ? StockReply.LoginLineTooLong : StockReply.LineTooLong);
        }

        if (_lines.EndedInBareLf)
        {
            return RefuseLine(StockReply.BareLineFeed);
        }

        var action = _dialogue.Login.IsInProgress ? RespondToLogin(line.Span) : Execute(line.Span);
        if (!_dialogue.Login.IsInProgress && !_content.IsActive)
        {
            _replies.Replacement = null;
        }

        return action;
    }

    /// <summary>A line that is not even looked at ends an exchange in progress.</summary>
    private SessionAction? RefuseLine(StockReply reply)
    {
        _transcript?.Note("a line that cannot be used");
        _dialogue.Login.Abort();
        _replies.Replacement = null;
        _replies.Write(reply);
        return null;
    }

    private SessionAction? RespondToLogin(ReadOnlySpan<byte> line)
    {
        _transcript?.Secret();
        var struck = _faults.Strike(FaultStep.AuthResponse, successClass: 2);
        if (struck is null)
        {
            _dialogue.Login.Respond(line);
            return null;
        }

        _dialogue.Login.Abort();
        return struck == SessionAction.Flush ? null : struck;
    }

    private SessionAction? Execute(ReadOnlySpan<byte> line)
    {
        var command = ClientCommand.Parse(line);
        _transcript?.Command(command.Verb, line);
        if (!command.IsReadable)
        {
            return RefuseLine(StockReply.BadCharacter);
        }

        if (command.Verb != SmtpVerb.Auth && line.Length > _options.MaxCommandLength - 2)
        {
            return RefuseLine(StockReply.LineTooLong);
        }

        if (command.Verb == SmtpVerb.Mail)
        {
            _faults.BeginTransaction();
        }

        var struck = CommandSteps.Find(command.Verb) is var (step, success) ? _faults.Strike(step, success) : null;
        if (command.Verb == SmtpVerb.Bdat)
        {
            return _content.BeginChunk(command.Arguments, struck ?? StrikeFirstChunk());
        }

        if (struck is not null)
        {
            return struck == SessionAction.Flush ? null : struck;
        }

        switch (_dialogue.Execute(command))
        {
            case CommandEffect.Content:
                _replies.Replacement = null;
                _content.BeginData();
                return null;
            case CommandEffect.Handshake:
                return BeginHandshake();
            case CommandEffect.Close:
                return SessionAction.Close;
            default:
                return null;
        }
    }

    /// <summary>A fault at DATA is meant for the message, whichever command brings it.</summary>
    private SessionAction? StrikeFirstChunk() =>
        _dialogue.Transaction is { HasChunks: true } ? null : _faults.Strike(FaultStep.Data, successClass: 2);

    private SessionAction Greet()
    {
        _hasGreeted = true;
        _state = State.Command;
        var struck = _faults.Strike(FaultStep.Banner, successClass: 2);
        if (struck is null)
        {
            _dialogue.Greet();
            _replies.Replacement = null;
            return Advance();
        }

        _dialogue.RefuseService();
        return struck == SessionAction.Flush ? Advance() : End(struck.Value);
    }

    private SessionAction BeginHandshake()
    {
        // What was sent in clear behind STARTTLS may be an attacker's; it must not be taken for what TLS protects.
        if (_lines.Buffered > 0)
        {
            _transcript?.Note($"{_lines.Buffered} octets in clear behind STARTTLS are dropped");
            Drop();
        }

        if (_faults.Strike(FaultStep.Tls, successClass: 0) is { } struck)
        {
            return End(struck == SessionAction.Flush ? SessionAction.Close : struck);
        }

        _state = State.Handshake;
        return SessionAction.Handshake;
    }

    private SessionAction EndMessage()
    {
        _content.EndMessage();
        _state = State.Command;
        return Advance();
    }

    private SessionAction End(SessionAction action)
    {
        _state = State.Closed;
        TellEnd();
        return action;
    }

    private void TellEnd()
    {
        if (!_hasEnded)
        {
            _hasEnded = true;
            _options.Policy?.End(_info);
        }
    }
}
