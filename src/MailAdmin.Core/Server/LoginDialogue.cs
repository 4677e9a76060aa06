using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MailAdmin.Server;

/// <summary>The AUTH command and the lines that follow it (RFC 4954 §4).</summary>
internal sealed class LoginDialogue(SmtpTestServerOptions options, SmtpSessionInfo session, ReplyWriter replies)
{
    private LoginExchange? _exchange;
    private string _mechanism = "";
    private bool _refusalIsDue;

    /// <summary>True while the next line belongs to the exchange and is no command.</summary>
    public bool IsInProgress => _exchange is not null;

    /// <summary>Begins an exchange; the caller has checked that AUTH is allowed now.</summary>
    public void Begin(ReadOnlySpan<byte> arguments)
    {
        var space = arguments.IndexOf((byte)' ');
        var name = Encoding.ASCII.GetString(space < 0 ? arguments : arguments[..space]).ToUpperInvariant();
        _refusalIsDue = false;
        _mechanism = name;
        _exchange = options.Mechanisms.Contains(name, StringComparer.OrdinalIgnoreCase)
            ? LoginExchange.Create(name, options)
            : null;
        if (_exchange is null)
        {
            replies.Write(StockReply.MechanismUnknown);
        }
        else if (space < 0)
        {
            Continue(null);
        }
        else
        {
            var initial = arguments[(space + 1)..];
            Decode(initial.SequenceEqual("="u8) ? default : initial);
        }
    }

    /// <summary>Takes the next line of the exchange.</summary>
    public void Respond(ReadOnlySpan<byte> line)
    {
        if (_refusalIsDue)
        {
            Finish(StockReply.LoginFailed);
        }
        else if (line.SequenceEqual("*"u8))
        {
            Finish(StockReply.LoginCancelled);
        }
        else
        {
            Decode(line);
        }
    }

    public void Abort() => _exchange = null;

    private void Decode(ReadOnlySpan<byte> base64)
    {
        if (options.Policy?.Response(session, _mechanism, Encoding.UTF8.GetString(base64)) is { Code: >= 400 } no)
        {
            _exchange = null;
            replies.WriteAsIs(no);
            return;
        }

        var decoded = new byte[Base64.GetMaxDecodedFromUtf8Length(base64.Length)];
        if (base64.ContainsAny(" \t"u8) ||
            Base64.DecodeFromUtf8(base64, decoded, out var used, out var length) != OperationStatus.Done ||
            used != base64.Length)
        {
            Finish(StockReply.LoginMalformed);
            return;
        }

        Continue(decoded[..length]);
    }

    private void Continue(byte[]? response)
    {
        var step = _exchange!.Respond(response);
        if (step.Challenge is { } challenge)
        {
            Ask(challenge);
        }
        else if (step.Login is { } login)
        {
            Judge(login);
        }
        else
        {
            Finish(StockReply.LoginMalformed);
        }
    }

    private void Judge(SmtpLogin login)
    {
        var decision = options.Policy?.LogIn(session, login);
        if (decision?.IsPositive ?? IsKnown(login))
        {
            session.User = login.User;
            session.Mechanism = login.Mechanism;
            replies.Replacement ??= decision;
            Finish(StockReply.LoggedIn);
        }
        else if (decision is not null)
        {
            _exchange = null;
            replies.WriteAsIs(decision);
        }
        else if (_exchange!.FailureChallenge is { } challenge)
        {
            _refusalIsDue = true;
            Ask(challenge);
        }
        else
        {
            Finish(StockReply.LoginFailed);
        }
    }

    private bool IsKnown(SmtpLogin login) =>
        options.Authenticate?.Invoke(login) ??
        (options.Users.TryGetValue(login.User, out var secret) && login.Proves(secret));

    private void Ask(byte[] challenge) => replies.WriteLines(334, [Convert.ToBase64String(challenge)]);

    private void Finish(StockReply reply)
    {
        _exchange = null;
        replies.Write(reply);
    }
}
