using System.Management.Automation;
using System.Net.Mail;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Probes;
using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Sends one message, or a pipeline of them, through an SMTP server.</summary>
/// <remarks>
/// <para>
/// The content comes from parameters, from messages that New-RelayMessage made, or from message files (.eml). All
/// parameters of Send-MailMessage work, by their names, aliases and positions: a script migrates by changing the name
/// of the command.
/// </para>
/// <para>
/// Files and texts from the pipeline are attached to one message, which is sent when the pipeline ends. Objects with
/// properties such as To, Subject and Body, the rows of a CSV file for example, are a message each; so are objects
/// with a Path property, which names a message file. One connection serves the whole pipeline.
/// </para>
/// <para>
/// Each attempt goes into the history, which Get-EmailHistory shows, unless -NoHistory is given. Set-EmailOption
/// -DefaultSender names the author of messages without -From.
/// </para>
/// <para>
/// Each message gives one result object, sent or not. For a message that some or all recipients did not get there is
/// also an error, which does not end the command: one bad message does not stop the rest. With -ErrorAction Stop it
/// does.
/// </para>
/// <para>
/// In place of a server, -Method names a way of sending. Relay and DirectSend look up the MX hosts of -Domain and go
/// from one to the next until one takes the mail; Get-SendMethod says which method fits. Without both, the server is
/// $PSEmailServer. Graph sends through Microsoft Graph, over HTTPS: there the message's own From, To, Cc and -Bcc
/// decide who gets it, and it goes to all or nobody.
/// </para>
/// <para>
/// If credentials are given, they are used or it is an error: they are
/// never left out, and never sent without TLS unless -AllowPlaintextAuth allows it. -Verbose shows the conversation
/// with the server, with secrets masked.
/// </para>
/// </remarks>
/// <example>
/// <para>Send a report with an attachment</para>
/// <code>
/// Send-RelayMail -Server mail.example.com -From reports@example.com -To anna@example.com `
///     -Subject 'Daily report' -Body 'See the attachment.' -Attachments ./report.pdf
/// </code>
/// <para>The parameters are those of Send-MailMessage. The result says what the server answered.</para>
/// </example>
/// <example>
/// <para>Log in, over TLS</para>
/// <code>
/// $credential = Get-Credential
/// Send-RelayMail anna@example.com 'Hello' 'It works.' mail.example.com -From me@example.com `
///     -Credential $credential -Security StartTls
/// </code>
/// <para>
/// The message goes out only if the server offers STARTTLS with a good certificate, and takes the credential.
/// </para>
/// </example>
/// <example>
/// <para>Direct Send to people of the own organisation</para>
/// <code>
/// Send-RelayMail -Method DirectSend -Domain contoso.com -From scanner@contoso.com -To anna@contoso.com `
///     -Subject 'Scan' -Body 'See the attachment.' -Attachments ./report.pdf -WhatIf
/// </code>
/// <para>The MX hosts of contoso.com are looked up. Without -WhatIf the message goes to the first that takes it.</para>
/// </example>
/// <example>
/// <para>Through Microsoft Graph, without SMTP</para>
/// <code>
/// $token = Read-Host -AsSecureString 'Access token for Graph'
/// Send-RelayMail -Method Graph -Token $token -From reports@contoso.com -To anna@example.com `
///     -Subject 'Daily report' -Body 'See the attachment.' -Attachments ./report.pdf -WhatIf
/// </code>
/// <para>
/// Get-SmtpToken -Service Graph gets a token that renews itself. Messages of more than 4 MB go as a draft, for which
/// the app or the user needs Mail.ReadWrite beside Mail.Send.
/// </para>
/// </example>
/// <example>
/// <para>HTML with a plain text beside it and a picture in it</para>
/// <code>
/// $mail = @{
///     From             = 'Reports &lt;reports@example.com&gt;'
///     To               = 'anna@example.com', 'Bob &lt;bob@example.com&gt;'
///     Subject          = 'Figures'
///     Body             = '&lt;p&gt;The figures: &lt;img src="cid:chart"&gt;&lt;/p&gt;'
///     BodyAsHtml       = $true
///     TextBody         = 'The figures are in the HTML part.'
///     InlineAttachment = @{ chart = './chart.png' }
/// }
/// Send-RelayMail @mail -Server mail.example.com
/// </code>
/// </example>
/// <example>
/// <para>A message for each row of a CSV file</para>
/// <code>
/// Import-Csv ./people.csv | Send-RelayMail -From office@example.com -Subject 'Invitation' -Server mail.example.com
/// </code>
/// <para>
/// The file has the columns To and Body. One connection takes all messages; the results come in the order of the rows.
/// </para>
/// </example>
/// <example>
/// <para>All files of a folder in one message</para>
/// <code>
/// Get-ChildItem ./reports/*.pdf |
///     Send-RelayMail anna@example.com 'Reports' -From reports@example.com -Server mail.example.com
/// </code>
/// </example>
/// <example>
/// <para>Queue messages, and send them later from a scheduled task</para>
/// <code>
/// Import-Csv ./people.csv |
///     Send-RelayMail -From office@example.com -Subject 'Invitation' -Server mail.example.com -Queue
/// Invoke-EmailDistributor
/// </code>
/// </example>
[Cmdlet(VerbsCommunications.Send, "RelayMail", DefaultParameterSetName = ComposeSet, SupportsShouldProcess = true)]
[OutputType(typeof(RelaySendResult))]
public sealed class SendRelayMailCommand : ComposeCmdlet, IDynamicParameters
{
    private const string MessageSet = "Message";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string TestSet = "Test";

    private readonly RouteParameters _route = new();
    private readonly MessageBuilder _builder = new();
    private readonly SharedStore _shared = new();
    private SharedQueue? _queue;
    private IMessageSession? _session;
    private SignatureSource? _signature;
    private SharedStore? _store;
    private string? _defaultSender;

    /// <summary>A message that New-RelayMessage made.</summary>
    [Parameter(ParameterSetName = MessageSet, Mandatory = true, ValueFromPipeline = true)]
    public RelayMessage? Message { get; set; }

    /// <summary>
    /// Message files (.eml) to send as they are; wildcards are allowed. -From, -To, -Cc and -Bcc replace the sender and
    /// the recipients that the file names.
    /// </summary>
    /// <remarks>
    /// Not mandatory: PowerShell leaves a set that needs a property of the input out of account when another set needs
    /// the input itself.
    /// </remarks>
    [Parameter(ParameterSetName = PathSet, ValueFromPipelineByPropertyName = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Message files (.eml) to send as they are, by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Packs a message file anew where it could not travel as it is; signatures in it break.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    public SwitchParameter Reencode { get; set; }

    /// <summary>
    /// Sends a test message through the route to -To; without -From it comes from the first recipient.
    /// </summary>
    [Parameter(ParameterSetName = TestSet, Mandatory = true)]
    public SwitchParameter Test { get; set; }

    /// <summary>When the server is to report on the delivery: OnSuccess, OnFailure, Delay, or Never.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("DNO")]
    public DeliveryNotificationOptions DeliveryNotificationOption { get; set; }

    /// <summary>How much of the message such a report is to bring back.</summary>
    [Parameter]
    public DsnReturn DeliveryNotificationReturn { get; set; }

    /// <summary>A mark that such a report is to carry, to know the message by; at most 100 characters.</summary>
    [Parameter]
    public string? EnvelopeId { get; set; }

    /// <summary>The number of recipients in one transaction; messages with more go in several.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Whether a copy is kept in Sent Items, with -Method Graph. It is unless -SaveToSentItems:$false says otherwise,
    /// which Graph allows for messages up to 4 MB only, and takes apart.
    /// </summary>
    [Parameter]
    public SwitchParameter SaveToSentItems { get; set; }

    /// <summary>Sends nothing if the server refuses one of the recipients.</summary>
    [Parameter]
    public SwitchParameter RequireAllRecipients { get; set; }

    /// <summary>
    /// Signs the messages with DKIM: the path of an RSA private key in PEM form. Needs -DkimSelector.
    /// </summary>
    [Parameter]
    public string? DkimKey { get; set; }

    /// <summary>The domain that signs; by default that of each message's author.</summary>
    [Parameter]
    public string? DkimDomain { get; set; }

    /// <summary>Where the public key is: at this name under _domainkey of the domain.</summary>
    [Parameter]
    public string? DkimSelector { get; set; }

    /// <summary>A file to append the conversation with the server to; secrets are masked.</summary>
    [Parameter]
    public string? TranscriptPath { get; set; }

    /// <summary>
    /// Leaves the attempts out of the history; the largest message and the default sender that are set do not count.
    /// </summary>
    [Parameter]
    public SwitchParameter NoHistory { get; set; }

    /// <summary>
    /// Puts the messages into the durable queue; Invoke-EmailDistributor sends them. Each result comes once its message
    /// is safe on the disk. -Priority High or Low counts in the queue as well.
    /// </summary>
    [Parameter]
    public SwitchParameter Queue { get; set; }

    /// <summary>Not to be sent earlier; needs -Queue.</summary>
    [Parameter]
    public DateTime? NotBefore { get; set; }

    /// <summary>
    /// Sends at once: neither waits for room within the limits (Get-EmailThrottle) nor is counted there.
    /// </summary>
    [Parameter]
    public SwitchParameter NoThrottle { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _route;

    /// <inheritdoc/>
    protected override void Begin()
    {
        base.Begin();
        QueueRules.Check(Queue, MyInvocation.BoundParameters);
        _route.SavesCopy = MyInvocation.BoundParameters.ContainsKey(nameof(SaveToSentItems)) ? SaveToSentItems : null;
        _signature = SignatureSource.Open(this, DkimKey, DkimDomain, DkimSelector);
        _store = NoHistory ? null : _shared;
        if (Queue)
        {
            _queue = new SharedQueue(this, _shared);
            var route = _queue.Route(_route.ToRequest(this, Refine));
            _session = new QueueingSession(this, _queue.Services.Queue, route, (item, _) => QueuedResult.Of(item));
        }
        else
        {
            var route = _route.ToRoute(this, Refine);
            var limits = NoThrottle ? null : StoreGate.For(route, _shared);
            _session = SendingSession.Open(this, route, _route.Dialer, TranscriptPath, _store, limits);
        }
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        (_session as QueueingSession)?.SetNext(Priority, LocalTime.Moment(NotBefore));
        switch (ParameterSetName)
        {
            case MessageSet:
                Attempt(Message, () => SendMade(Message!));
                break;
            case PathSet:
                AttemptFiles(Path, isLiteral: false, SendFile);
                break;
            case LiteralPathSet:
                AttemptFiles(LiteralPath, isLiteral: true, SendFile);
                break;
            case TestSet:
                Attempt(Addressees, SendTest);
                break;
            default:
                TakeInput();
                break;
        }
    }

    /// <inheritdoc/>
    protected override void End()
    {
        TakeRest();
        _session!.Finish();
    }

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        foreach (var each in new IAsyncDisposable?[] { _session, _queue, _shared })
        {
            await (each?.DisposeAsync() ?? default).ConfigureAwait(false);
        }

        _signature?.Dispose();
        _route.Dispose();
    }

    /// <inheritdoc/>
    protected override void Use(MessageDraft draft, long about)
    {
        var message = _builder.Build(draft);
        var signed = Signed(message, draft.From?.Address);
        _session!.Send(new ReadyMessage(signed, Wishes(_ => false).Of(message), draft.Subject, Addressees, about));
    }

    /// <inheritdoc/>
    protected override string? FindDefaultSender() =>
        _defaultSender ??= _store is null ? null : Await(_store.ReadOptionsAsync).DefaultSender;

    private SmtpRoute Refine(SmtpRoute route) =>
        route with { BatchSize = BatchSize, RequireAllRecipients = RequireAllRecipients };

    // Its own To binds to -To by the property's name, so only what was typed counts.
    private void SendMade(RelayMessage message)
    {
        var signed = Signed(message, message.From?.Address);
        _session!.Send(new ReadyMessage(signed, Wishes(IsTyped).Of(message), message.Subject, message, null));
    }

    private void SendFile(string path)
    {
        var options = new EmlOptions { Reencode = Reencode };
        var message = Await(token => EmlMessage.OpenAsync(path, options, token).AsTask());
        _session!.WarnOnce(message.Warnings.Select(warning => $"{path}: {warning}"));
        var envelope = Wishes(MyInvocation.BoundParameters.ContainsKey).Of(message);
        var author = Mailbox.TryParse(message["From"] ?? "", out var from, out _) ? from.Address : null;
        var signed = Signed(message, author);
        _session!.Send(new ReadyMessage(signed, envelope, message["Subject"], path, message.SourceLength));
    }

    private void SendTest()
    {
        var to = Mailboxes(To);
        if (to.Count == 0)
        {
            throw new InputException("NoRecipient", "It is not said who gets the test message.", "Add -To.");
        }

        var from = From is null ? to[0] : Mailbox.Parse(From);
        Use(TestMessage.Create(from, to, _session!.Server, TimeProvider.System.GetLocalNow()), about: 0);
    }

    private IMessageWriter Signed(IMessageWriter message, EmailAddress? author)
    {
        var (signed, warnings) = _signature!.Sign(message, author);
        _session!.WarnOnce(warnings);
        return signed;
    }

    private EnvelopeWishes Wishes(Func<string, bool> isGiven) => new()
    {
        Sender = isGiven(nameof(From)) && From is not null ? Mailbox.Parse(From).Address : null,
        Recipients = isGiven(nameof(To)) || isGiven(nameof(Cc)) || isGiven(nameof(Bcc))
            ? Mailboxes([.. To, .. Cc, .. Bcc]).Select(m => m.Address).Distinct().ToArray()
            : null,
        Notify = DeliveryNotificationOption,
        Return = DeliveryNotificationReturn,
        EnvelopeId = EnvelopeId,
    };
}
