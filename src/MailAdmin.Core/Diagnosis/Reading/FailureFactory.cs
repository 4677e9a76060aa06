using System.Globalization;
using System.Net.Mail;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.Smtp;
using SmtpException = MailAdmin.Smtp.SmtpException;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>Makes failures of replies, exceptions and what was said.</summary>
internal static class FailureFactory
{
    private const int MaxDepth = 20;

    // RFC 4954 §6.
    private const int AuthenticationInvalid = 535;

    public static Failure FromReply(SmtpReply reply, SmtpStage? stage)
    {
        var text = string.Join(' ', reply.Lines.Take(1).Concat(reply.Lines.Skip(1).Select(ReplyLines.WithoutEnhanced)));
        var inText = StatusScanner.Find(text).Where(p => p != new StatusPair(null, reply.Enhanced));
        return FromText($"{reply.Code} {text}", [new StatusPair(reply.Code, reply.Enhanced), .. inText]) with
        {
            Stage = stage,
        };
    }

    public static Failure FromText(string text) => FromText(text, StatusScanner.Find(text));

    public static Failure FromText(string text, IReadOnlyList<StatusPair> codes)
    {
        var line = PlainText.OneLine(text);
        var (user, sender) = AddressFinder.SendAs(line);
        return new Failure
        {
            Codes = codes,
            Text = line,
            HasWords = HasWords(line),
            User = user,
            Sender = sender,
        };
    }

    /// <summary>An exception's failures: MailAdmin's own by reply or name, others by what all of them say.</summary>
    public static IEnumerable<Failure> FromException(Exception exception)
    {
        if (exception is AggregateException several)
        {
            return several.Flatten().InnerExceptions.SelectMany(FromException);
        }

        if (exception is SmtpFailedRecipientsException refused)
        {
            return refused.InnerExceptions.SelectMany(FromException);
        }

        var chain = new List<Exception>();
        for (var e = exception; e is not null && chain.Count < MaxDepth; e = e.InnerException)
        {
            chain.Add(e);
        }

        if (chain.OfType<MailException>().FirstOrDefault() is { } own)
        {
            return FromOwn(own);
        }

        var recipient = chain.OfType<SmtpFailedRecipientException>().FirstOrDefault()?.FailedRecipient?.Trim('<', '>');
        return PastedText.Read(string.Join('\n', chain.Select(Words)))
            .Select(f => f with { Recipient = f.Recipient ?? recipient });
    }

    // .NET's own client keeps the code out of the message.
    private static string Words(Exception exception)
    {
        if (exception is not System.Net.Mail.SmtpException { StatusCode: var code } || (int)code is < 400 or > 599)
        {
            return exception.Message;
        }

        return string.Create(
            CultureInfo.InvariantCulture, $"{(int)code} {PastedText.WithoutPreface(exception.Message)}");
    }

    private static IEnumerable<Failure> FromOwn(MailException exception) => exception switch
    {
        AuthenticationFailedException { LeavesCauseOpen: true } e =>
            [FromReply(e.Reply!, e.Stage) with { ErrorId = e.Fault?.Id ?? NameOf(e) }],
        SmtpException { Reply: { Code: >= 400 } reply, Stage: var stage } => [FromReply(reply, stage)],
        CertificateException { Faults: var faults } => faults.Select(
            f => Named(f.ErrorId, f.Explanation, SmtpStage.Tls)),
        TokenException { ErrorId: "TokenRefused" or "TokenSignInNeeded", Code: { } code } =>
            [OfService(code, exception.Message)],
        _ => [Named(exception.ErrorId, exception.Message, StageOf(exception))],
    };

    // RFC 6750 §3.1, and what HTTP calls the same. Words like "user name and password" mean nothing to a token.
    private static string? NameOf(AuthenticationFailedException failure) => failure.TokenError?.Status switch
    {
        "invalid_token" or "401" or "400" => "TokenInvalid",
        "insufficient_scope" or "403" => "TokenPermissionWrong",
        _ when failure is { IsOfToken: true, Reply.Code: AuthenticationInvalid } &&
            failure.Reply.Enhanced is null or { Subject: 7, Detail: 0 or 8 or 9 } => "TokenInvalid",
        _ => null,
    };

    private static SmtpStage? StageOf(MailException exception) => exception switch
    {
        SmtpException smtp => smtp.Stage,
        PeerTimeoutException timeout => StageCalled(timeout.Stage),
        ConnectionLostException lost => StageCalled(lost.Stage),
        _ => null,
    };

    // Connections know their stage only in words, as they serve other protocols too.
    private static SmtpStage? StageCalled(string words)
    {
        foreach (var stage in Enum.GetValues<SmtpStage>())
        {
            if (words.EndsWith(stage.InWords(), StringComparison.Ordinal))
            {
                return stage;
            }
        }

        return null;
    }

    // The identity provider's own code says more than our name for all of its refusals.
    private static Failure OfService(string code, string message) =>
        FromText(message.Contains(code, StringComparison.Ordinal) ? message : $"{code}: {message}", []);

    // No codes: the words are MailAdmin's own and may quote anything.
    private static Failure Named(string errorId, string message, SmtpStage? stage) =>
        FromText(message, []) with { ErrorId = errorId, Stage = stage };

    /// <summary>
    /// Words are letters beside the codes, and beside the protocol's name that reports put before them.
    /// </summary>
    private static bool HasWords(string text)
    {
        var letters = 0;
        foreach (var c in text.Replace("smtp", "", StringComparison.OrdinalIgnoreCase))
        {
            letters += char.IsLetter(c) ? 1 : 0;
        }

        return letters > 2;
    }
}
