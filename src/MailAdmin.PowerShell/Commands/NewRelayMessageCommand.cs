using System.Management.Automation;
using MailAdmin.Mime;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Composes a message without sending it.</summary>
/// <remarks>
/// <para>
/// The message can be piped to Send-RelayMail, as often as need be: it keeps its Message-ID and its date. Attachments
/// are read from their files when it is sent.
/// </para>
/// <para>
/// With -Path it becomes a message file (.eml). With -Unsent too, mail programs such as Outlook open that file as a
/// draft that can be edited and sent. An existing file is replaced only with -Force.
/// </para>
/// </remarks>
/// <example>
/// <para>Compose a message and send it later</para>
/// <code>
/// $message = New-RelayMessage anna@example.com 'Daily report' -From me@example.com -Attachments ./report.pdf
/// $message | Send-RelayMail -Server mail.example.com
/// </code>
/// </example>
/// <example>
/// <para>Write a draft that Outlook opens for editing</para>
/// <code>
/// New-RelayMessage -To anna@example.com -Subject 'Offer' -Body 'Dear Anna,' -Path ./offer.eml -Unsent
/// </code>
/// <para>The file comes out as an object. A draft may lack the sender: the mail program fills it in.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "RelayMessage", DefaultParameterSetName = ComposeSet, SupportsShouldProcess = true)]
[OutputType(typeof(RelayMessage), typeof(FileInfo))]
public sealed class NewRelayMessageCommand : ComposeCmdlet
{
    private readonly MessageBuilder _builder = new();

    /// <summary>The message file (.eml) to write.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? Path { get; set; }

    /// <summary>Makes the file a draft that mail programs open for editing.</summary>
    [Parameter]
    public SwitchParameter Unsent { get; set; }

    /// <summary>Replaces a file that exists already.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void Process() => TakeInput();

    /// <inheritdoc/>
    protected override void End() => TakeRest();

    /// <inheritdoc/>
    protected override void Use(MessageDraft draft, long about)
    {
        var message = _builder.Build(draft);
        if (Path is not null)
        {
            Save(message, FilePaths.Full(SessionState, Path));
        }
        else if (Unsent)
        {
            throw new InputException(
                "UnsentWithoutPath", "-Unsent is about files.", "Add -Path with the file to write.");
        }
        else
        {
            WriteObject(message);
        }
    }

    private void Save(RelayMessage message, string path)
    {
        if (File.Exists(path) && !Force)
        {
            throw new InputException(
                "FileExists", $"The file '{path}' exists already.", "Use another name, or -Force to replace it.");
        }

        if (ShouldProcess(path, $"Write '{message.Subject}'"))
        {
            Await(token => message.SaveEmlAsync(path, Unsent ? EmlForm.UnsentDraft : EmlForm.Message, token).AsTask());
            WriteObject(new FileInfo(path));
        }
    }
}
