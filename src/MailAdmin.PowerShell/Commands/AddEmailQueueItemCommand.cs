using System.Management.Automation;
using MailAdmin.Mime;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Storage;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Puts messages into the durable queue, from where Invoke-EmailDistributor sends them.</summary>
/// <remarks>
/// <para>
/// The messages come from New-RelayMessage or from message files (.eml). Send-RelayMail -Queue composes and queues in
/// one step. An item is put out once it is safe on the disk: from then on the message is not lost, whatever is switched
/// off. Its Message-ID and date are fixed; attachments are stored, so their files may be changed or deleted.
/// </para>
/// <para>
/// The way that the message is to take is stored with it; passwords and tokens are encrypted for this environment. MX
/// hosts are looked up when it is sent. Without -Server or -Method it goes through the batch provider of
/// Set-EmailOption.
/// </para>
/// </remarks>
/// <example>
/// <para>Queue a message for tonight</para>
/// <code>
/// New-RelayMessage -From reports@example.com -To anna@example.com -Subject 'Report' -Body 'See the portal.' |
///     Add-EmailQueueItem -Server mail.example.com -NotBefore (Get-Date).AddHours(6)
/// </code>
/// </example>
/// <example>
/// <para>Queue message files that another program wrote</para>
/// <code>
/// Get-ChildItem ./outbox/*.eml | Add-EmailQueueItem -Server mail.example.com -Priority Low
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Add, "EmailQueueItem", DefaultParameterSetName = PathSet, SupportsShouldProcess = true)]
[OutputType(typeof(EmailQueueItem))]
public sealed class AddEmailQueueItemCommand : AsyncPSCmdlet, IDynamicParameters
{
    private const string MessageSet = "Message";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private readonly RouteParameters _route = new();
    private SharedQueue? _queue;
    private QueueingSession? _session;

    /// <summary>A message that New-RelayMessage made.</summary>
    [Parameter(ParameterSetName = MessageSet, Mandatory = true, ValueFromPipeline = true)]
    public RelayMessage? Message { get; set; }

    /// <summary>Message files (.eml); wildcards are allowed.</summary>
    /// <remarks>
    /// Not mandatory: PowerShell leaves a set that needs a property of the input out of account when another set needs
    /// the input itself.
    /// </remarks>
    [Parameter(ParameterSetName = PathSet, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    public string[] Path { get; set; } = [];

    /// <summary>Message files (.eml), by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>High goes before the others, and Low after them, though never not at all.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public QueuePriority Priority { get; set; } = QueuePriority.Normal;

    /// <summary>Not to be sent earlier.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTime? NotBefore { get; set; }

    /// <summary>Keeps it from being sent until Resume-EmailQueueItem releases it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public SwitchParameter Hold { get; set; }

    /// <summary>When to give up; 48 hours after it may first be sent by default.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public DateTime? ExpiresAt { get; set; }

    /// <inheritdoc/>
    public object GetDynamicParameters() => _route;

    /// <inheritdoc/>
    protected override void Begin()
    {
        _queue = new SharedQueue(this);
        var route = _queue.Route(_route.ToRequest(this));
        _session = new QueueingSession(this, _queue.Services.Queue, route, (item, _) => new EmailQueueItem(item));
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        _session!.Priority = Priority;
        _session.NotBefore = LocalTime.Moment(NotBefore);
        _session.IsHeld = Hold;
        _session.ExpiresAt = LocalTime.Moment(ExpiresAt);
        switch (ParameterSetName)
        {
            case MessageSet:
                Attempt(Message, () => _session.Send(
                    new ReadyMessage(Message!, Message!.ToEnvelope(), Message.Subject, Message, null)));
                break;
            case LiteralPathSet:
                AddFiles(LiteralPath, path => [FilePaths.Full(SessionState, path)]);
                break;
            default:
                AddFiles(Path, path => FilePaths.Find(SessionState, path));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void End() => _session!.Finish();

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync().ConfigureAwait(false);
        }

        _route.Dispose();
    }

    private void AddFiles(IEnumerable<string> typed, Func<string, IReadOnlyList<string>> find)
    {
        foreach (var path in typed)
        {
            Attempt(path, () =>
            {
                foreach (var file in find(path))
                {
                    Attempt(file, () => AddFile(file));
                }
            });
        }
    }

    private void AddFile(string path)
    {
        var message = Await(token => EmlMessage.OpenAsync(path, null, token).AsTask());
        _session!.WarnOnce(message.Warnings.Select(warning => $"{path}: {warning}"));
        _session.Send(new ReadyMessage(message, message.ToEnvelope(), message["Subject"], path, message.SourceLength));
    }
}
