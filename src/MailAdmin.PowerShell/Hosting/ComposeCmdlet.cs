using System.Management.Automation;
using System.Net.Mail;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The parameters that say what a message holds, under the names that Send-MailMessage gave them.</summary>
public abstract class ComposeCmdlet : AsyncPSCmdlet
{
    /// <summary>The parameter set for messages that are made from parameters.</summary>
    protected const string ComposeSet = "Compose";

    // A line of base64 holds 57 octets in 76 characters and CRLF.
    private const int Base64Source = 57;
    private const int Base64Octets = 78;

    private readonly List<string> _attachments = [];
    private Dictionary<string, object?> _typed = [];
    private bool _isPending;

    /// <summary>
    /// The recipients: addresses with or without a name, such as 'Anna Meyer &lt;anna@example.com&gt;', several in one
    /// text separated by commas or semicolons. With a message that is made already, the recipients that it goes to in
    /// place of those in its headers.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [NullIsEmpty]
    public string[] To { get; set; } = [];

    /// <summary>The subject.</summary>
    [Parameter(ParameterSetName = ComposeSet, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("sub")]
    public string Subject { get; set; } = "";

    /// <summary>The text; with -BodyAsHtml it is HTML.</summary>
    [Parameter(ParameterSetName = ComposeSet, Position = 2, ValueFromPipelineByPropertyName = true)]
    public string? Body { get; set; }

    /// <summary>Says that -Body is HTML.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    [Alias("BAH")]
    public SwitchParameter BodyAsHtml { get; set; }

    /// <summary>The plain text beside an HTML body, for readers that show no HTML.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    public string? TextBody { get; set; }

    /// <summary>
    /// Files to attach; wildcards are allowed. Files and texts from the pipeline are attached to one message, which is
    /// made when the pipeline ends.
    /// </summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PsPath", "Attachment")]
    [FilePaths]
    public string[] Attachments { get; set; } = [];

    /// <summary>
    /// Pictures that the HTML shows: a table of content ids and paths, @{ logo = './logo.png' } for src="cid:logo"; or
    /// paths, whose file names are the content ids.
    /// </summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    [InlineFiles]
    public InlineFile[] InlineAttachment { get; set; } = [];

    /// <summary>The author: an address with or without a name.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? From { get; set; }

    /// <summary>Who sends on behalf of the author; failure reports go there.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    public string? Sender { get; set; }

    /// <summary>Recipients of a copy.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullIsEmpty]
    public string[] Cc { get; set; } = [];

    /// <summary>Recipients that the others do not see.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [NullIsEmpty]
    public string[] Bcc { get; set; } = [];

    /// <summary>Where answers go, if not to the author.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    [NullIsEmpty]
    public string[] ReplyTo { get; set; } = [];

    /// <summary>How urgent the message is said to be.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    public MailPriority Priority { get; set; }

    /// <summary>
    /// Further header fields: a table, @{ 'X-Ticket' = '4711' }, or texts such as 'X-Ticket: 4711'. Fields that have a
    /// parameter of their own are refused.
    /// </summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    [Headers]
    public MessageHeader[] Header { get; set; } = [];

    /// <summary>The Message-ID; without it, one is made in the author's domain.</summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    public string? MessageId { get; set; }

    /// <summary>
    /// For scripts that were written for Send-MailMessage. Text always travels as UTF-8, or as ASCII where that is
    /// enough, which holds every character of any other encoding.
    /// </summary>
    [Parameter(ParameterSetName = ComposeSet, ValueFromPipelineByPropertyName = true)]
    [Alias("BE")]
    [EncodingName]
    [ArgumentCompleter(typeof(EncodingCompleter))]
    public Encoding? Encoding { get; set; }

    /// <summary>How text is packed for the way: by default the cheapest form that the server takes.</summary>
    [Parameter(ParameterSetName = ComposeSet)]
    public BodyEncoding TransferEncoding { get; set; }

    /// <summary>The primary recipients as they were typed: the target of errors about a message.</summary>
    protected string Addressees => string.Join("; ", To);

    /// <summary>Does with a message what the command is for.</summary>
    /// <param name="draft">The message.</param>
    /// <param name="about">About how many octets its attachments have, packed for the way.</param>
    protected abstract void Use(MessageDraft draft, long about);

    /// <summary>The author of a message without -From; null when there is none.</summary>
    protected virtual string? FindDefaultSender() => null;

    /// <inheritdoc/>
    protected override void Begin() =>
        _typed = new Dictionary<string, object?>(MyInvocation.BoundParameters, StringComparer.OrdinalIgnoreCase);

    /// <summary>True when the parameter has its value from the command line, not from the pipeline.</summary>
    /// <remarks>
    /// A script block that is to be run for each input stands among the bound parameters from the beginning; only the
    /// value tells that it was run.
    /// </remarks>
    protected bool IsTyped(string parameter) =>
        _typed.TryGetValue(parameter, out var value) && ReferenceEquals(value, MyInvocation.BoundParameters[parameter]);

    /// <summary>
    /// Takes one input: one that sets more than attachments is a message of its own. Inputs that are attachments only,
    /// and no input at all, make one message at the end: what Send-MailMessage does with files that are piped to it.
    /// </summary>
    protected void TakeInput()
    {
        var isMessage = MyInvocation.ExpectingInput &&
            MyInvocation.BoundParameters.Keys.Any(name => name != nameof(Attachments) && !IsTyped(name));
        if (isMessage)
        {
            // A text that a script block made an address of is no file: 'a@example.com' | Send-RelayMail -To { $_ }.
            Attempt(Addressees, () => Use(Attachments.Except(To).Except(Cc).Except(Bcc)));
        }
        else
        {
            _attachments.AddRange(Attachments);
            _isPending = true;
        }
    }

    /// <summary>Makes the one message of the inputs that were attachments only.</summary>
    protected void TakeRest()
    {
        if (_isPending)
        {
            Attempt(Addressees, () => Use(_attachments));
        }
    }

    /// <summary>Reads addresses as they were typed, several in one text if need be.</summary>
    /// <exception cref="AddressFormatException">One of them is malformed.</exception>
    protected static IReadOnlyList<Mailbox> Mailboxes(IEnumerable<string?> texts) =>
        texts.SelectMany(text => Mailbox.ParseList(text ?? "")).ToArray();

    private void Use(IEnumerable<string> attachments)
    {
        var files = attachments.SelectMany(p => FilePaths.Find(SessionState, p)).ToArray();
        var octets = files.Select(f => new FileInfo(f)).Where(f => f.Exists).Sum(f => f.Length);
        Use(ToDraft(files), octets * Base64Octets / Base64Source);
    }

    private MessageDraft ToDraft(IEnumerable<string> files) => new()
    {
        From = (NullIfEmpty(From) ?? FindDefaultSender()) is { } from ? Mailbox.Parse(from) : null,
        Sender = NullIfEmpty(Sender) is { } sender ? Mailbox.Parse(sender) : null,
        ReplyTo = Mailboxes(ReplyTo),
        To = Mailboxes(To),
        Cc = Mailboxes(Cc),
        Bcc = Mailboxes(Bcc),
        Subject = Subject,
        TextBody = BodyAsHtml ? TextBody : PlainText(),
        HtmlBody = BodyAsHtml ? Body ?? "" : null,
        Attachments = files.Select(f => AttachmentSource.FromFile(f)).ToArray(),
        InlineAttachments = InlineAttachment
            .Select(i => (i.ContentId, Path: FilePaths.Full(SessionState, i.Path)))
            .Select(i => new InlineAttachment(i.ContentId, AttachmentSource.FromFile(i.Path)))
            .ToArray(),
        Headers = Header,
        Priority = Priority switch
        {
            MailPriority.High => MessagePriority.High,
            MailPriority.Low => MessagePriority.Low,
            _ => MessagePriority.Normal,
        },
        MessageId = NullIfEmpty(MessageId),
        BodyEncoding = TransferEncoding,
    };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private string? PlainText() => Body is null || TextBody is null
        ? Body ?? TextBody
        : throw new InputException(
            "TwoPlainTexts",
            "-Body and -TextBody are both plain text.",
            "Add -BodyAsHtml if -Body is HTML; else leave one out.");
}
