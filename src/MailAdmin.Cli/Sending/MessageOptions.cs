using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>All options that say what is sent, and to whom: composed, from a file, or as sendmail has it.</summary>
internal sealed class MessageOptions
{
    private readonly ComposeOptions _compose = new();
    private readonly SendmailOptions _sendmail = new();
    private readonly DkimOptions _dkim = new();

    private readonly Option<string?> _eml = new("--eml")
    {
        HelpName = "FILE", Description = "Send this message as it is, but for Bcc and line ends; - is standard input.",
    };

    private readonly Option<bool> _reencode = new("--reencode")
    {
        Description = "Encode anew what cannot go out as it is: lines over 998 octets, 8-bit text to a 7-bit server.",
    };

    public DeliveryOptions Delivery { get; } = new();

    public void AddTo(Command command)
    {
        _compose.AddTo(command);
        command.Add(_eml);
        _sendmail.AddTo(command);
        command.Add(_reencode);
        _dkim.AddTo(command);
        Delivery.AddTo(command);
    }

    /// <summary>True when this program stands in for sendmail, which is silent when all goes well.</summary>
    public bool IsLikeSendmail(ParseResult parsed) =>
        parsed.GetValue(_eml) is null &&
        (_sendmail.TakesRecipientsFromHeaders(parsed) || _sendmail.Recipients(parsed).Count > 0);

    /// <summary>How urgent a message that is composed says that it is.</summary>
    public MessagePriority Priority(ParseResult parsed) => _compose.Priority(parsed);

    /// <summary>Reads the message; what stays open for it goes to <paramref name="open"/>.</summary>
    public async Task<ReadyMessage> ReadAsync(
        ParseResult parsed, CliHost host, OpenFiles open, CancellationToken cancellationToken)
    {
        var isComposed = parsed.GetValue(_eml) is null && !IsLikeSendmail(parsed);
        if (!isComposed && _compose.FirstGiven(parsed) is { } option)
        {
            throw CliException.Usage(
                $"{option} belongs to a message that is composed, and cannot change one that is ready.",
                "Leave it out, or compose the message with --from, --to, --subject and --text.");
        }

        var signing = await _dkim.ReadAsync(parsed, host.Time, open, cancellationToken);
        if (isComposed)
        {
            var composed = new MessageBuilder(host.Time).Build(_compose.Read(parsed, host));
            var (signedNew, faults) = signing?.Sign(composed, composed.From?.Address) ?? (composed, []);
            return new(new(signedNew, Delivery.Apply(parsed, composed.ToEnvelope())), composed.Subject, faults);
        }

        var eml = open.Keep(await OpenAsync(parsed, host, cancellationToken));
        var author = Mailbox.TryParse(eml["From"] ?? "", out var from, out _) ? from.Address : null;
        var (signed, warnings) = signing?.Sign(eml, author) ?? (eml, []);
        var outgoing = new OutgoingMessage(signed, Delivery.Apply(parsed, Envelope(parsed, eml)));
        return new(outgoing, eml["Subject"], [.. eml.Warnings, .. warnings]);
    }

    private async Task<EmlMessage> OpenAsync(ParseResult parsed, CliHost host, CancellationToken cancellationToken)
    {
        var options = new EmlOptions { Reencode = parsed.GetValue(_reencode) };
        if (parsed.GetValue(_eml) is { } path)
        {
            return path == "-"
                ? await EmlMessage.ReadAsync(host.Input, options, cancellationToken)
                : await EmlMessage.OpenAsync(path, options, cancellationToken);
        }

        var submission = new Submission(
            host.Input, endsAtLoneDot: !_sendmail.IgnoresDots(parsed), () => Author(parsed, host), host.Time);
        return await EmlMessage.ReadAsync(await submission.OpenAsync(cancellationToken), options, cancellationToken);
    }

    private Mailbox Author(ParseResult parsed, CliHost host) =>
        new(_sendmail.FullName(parsed), Delivery.Sender(parsed) ?? EmailAddress.Parse(host.Login));

    private Envelope Envelope(ParseResult parsed, EmlMessage message)
    {
        EmailAddress[] named = [.. _sendmail.Recipients(parsed).SelectMany(Mailbox.ParseList).Select(m => m.Address)];
        var reversePath = Delivery.Sender(parsed);
        if (named.Length > 0 && !(_sendmail.TakesRecipientsFromHeaders(parsed) && NamesRecipients(message)))
        {
            return message.ToEnvelope(reversePath, named);
        }

        var envelope = message.ToEnvelope(reversePath);
        return named.Length == 0
            ? envelope
            : message.ToEnvelope(
                reversePath, [.. envelope.Recipients.Select(recipient => recipient.Address), .. named]);
    }

    private static bool NamesRecipients(EmlMessage message) =>
        new[] { "To", "Cc", "Bcc", "Resent-To", "Resent-Cc", "Resent-Bcc" }.Any(
            name => message[name] is { Length: > 0 });
}
