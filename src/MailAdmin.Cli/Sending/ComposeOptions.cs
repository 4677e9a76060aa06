using System.CommandLine;
using MailAdmin.Addressing;
using MailAdmin.Cli.Parsing;
using MailAdmin.Mime;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say what a new message is to hold.</summary>
internal sealed class ComposeOptions
{
    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "ADDRESS", Description = "The author: address or 'Name <address>'.",
    };
    private readonly Option<string?> _sender = new("--sender")
    {
        HelpName = "ADDRESS", Description = "Who sends on behalf of the author.",
    };
    private readonly Option<string[]> _to = List("--to", "ADDRESSES", "Recipients, with commas between them.");
    private readonly Option<string[]> _cc = List("--cc", "ADDRESSES", "Recipients of a copy.");
    private readonly Option<string[]> _bcc = List("--bcc", "ADDRESSES", "Recipients whom no header shows.");
    private readonly Option<string[]> _replyTo = List("--reply-to", "ADDRESSES", "Where answers go.");
    private readonly Option<string?> _subject = new("--subject", "-s")
    {
        HelpName = "TEXT", Description = "The subject.",
    };
    private readonly BodyOptions _text = new("text", "plain text");
    private readonly BodyOptions _html = new("html", "HTML text");
    private readonly Option<string[]> _attach = List("--attach", "FILE", "File to attach.", "-a");
    private readonly Option<string[]> _inline = List("--inline", "CID=FILE", "Picture that the HTML shows as cid:CID.");
    private readonly Option<string[]> _header = List("--header", "'NAME: VALUE'", "Another header field.");

    private readonly Choice<MessagePriority> _priority = new(
        "--priority",
        [],
        ("low", MessagePriority.Low),
        ("normal", MessagePriority.Normal),
        ("high", MessagePriority.High))
    { Description = "How urgent the message is." };

    private readonly Option<string?> _messageId = new("--message-id")
    {
        HelpName = "ID", Description = "The Message-ID; else one is made.",
    };

    private IEnumerable<Option> All =>
    [
        _from, _sender, _to, _cc, _bcc, _replyTo, _subject, .. _text.All, .. _html.All,
        _attach, _inline, _header, _priority, _messageId,
    ];

    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The first of these options on the command line, or null: they do not go with a ready message.</summary>
    public string? FirstGiven(ParseResult parsed) =>
        All.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false })?.Name;

    public MessagePriority Priority(ParseResult parsed) => parsed.GetValue(_priority);

    public MessageDraft Read(ParseResult parsed, CliHost host) => new()
    {
        From = One(parsed, _from),
        Sender = One(parsed, _sender),
        To = Many(parsed, _to),
        Cc = Many(parsed, _cc),
        Bcc = Many(parsed, _bcc),
        ReplyTo = Many(parsed, _replyTo),
        Subject = parsed.GetValue(_subject) ?? "",
        TextBody = _text.Read(parsed, host),
        HtmlBody = _html.Read(parsed, host),
        Attachments = [.. parsed.GetValue(_attach)!.Select(path => AttachmentSource.FromFile(path))],
        InlineAttachments = [.. parsed.GetValue(_inline)!.Select(Inline)],
        Headers = [.. parsed.GetValue(_header)!.Select(Header)],
        Priority = Priority(parsed),
        MessageId = parsed.GetValue(_messageId),
    };

    private static Option<string[]> List(string name, string helpName, string description, params string[] aliases) =>
        new(name, aliases) { HelpName = helpName, Description = description, DefaultValueFactory = _ => [] };

    private static Mailbox? One(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is { } text ? Mailbox.Parse(text) : null;

    private static Mailbox[] Many(ParseResult parsed, Option<string[]> option) =>
        [.. parsed.GetValue(option)!.SelectMany(Mailbox.ParseList)];

    private static InlineAttachment Inline(string text) =>
        text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && equals < text.Length - 1
            ? new InlineAttachment(text[..equals], AttachmentSource.FromFile(text[(equals + 1)..]))
            : throw CliException.Usage(
                $"'{text}' names no inline picture.", "Write --inline CID=FILE, such as logo=logo.png.");

    private static MessageHeader Header(string text) =>
        text.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon
            ? new MessageHeader(text[..colon], text[(colon + 1)..].TrimStart(' '))
            : throw CliException.Usage(
                $"'{Output.Plain.Line(text)}' is no header field.", "Write --header 'Name: value'.");
}
