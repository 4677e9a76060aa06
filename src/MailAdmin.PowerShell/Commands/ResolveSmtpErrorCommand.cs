using System.Collections;
using System.Globalization;
using System.Management.Automation;
using MailAdmin.Diagnosis;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Explaining;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Sending;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Says what a mail error means, and what to do about it.</summary>
/// <remarks>
/// <para>
/// The input is what there is: a server's reply, a code, an error of Send-RelayMail, Send-MailMessage or another
/// program, a result of Send-RelayMail, a report of non-delivery, or a log of Postfix, Exim or Exchange. Codes and
/// words decide together. A code alone may have several causes; then each comes out, with a Confidence of Possible.
/// </para>
/// <para>
/// A text of several lines is one input. Single lines from the pipeline that follow each other are the lines of one
/// text or log too, unless each of them is a reply or a code of its own.
/// </para>
/// <para>
/// Format-List shows all of a diagnosis: the cause, the remedies in the order in which to try them, the command for the
/// administrator, and what another attempt is worth.
/// </para>
/// </remarks>
/// <example>
/// <para>A server's reply</para>
/// <code>
/// Resolve-SmtpError '550 5.7.60 SMTP; Client does not have permissions to send as this sender' | Format-List
/// </code>
/// </example>
/// <example>
/// <para>A code, in Japanese</para>
/// <code>
/// Resolve-SmtpError 5.7.139 -Culture ja-JP
/// </code>
/// <para>The code has several causes; the words of the reply would tell them apart.</para>
/// </example>
/// <example>
/// <para>The last error</para>
/// <code>
/// $null = Send-RelayMail anna@example.com Hello Hi. localhost -Port 1 -From me@example.com `
///     -ErrorAction SilentlyContinue
/// Resolve-SmtpError $Error[0]
/// </code>
/// </example>
/// <example>
/// <para>The most frequent causes in a log</para>
/// <code>
/// Resolve-SmtpError -Path ./mail.log | Group-Object Id -NoElement | Sort-Object Count -Descending
/// </code>
/// </example>
/// <example>
/// <para>Reports of non-delivery that were saved as files</para>
/// <code>
/// Get-ChildItem ./reports/*.eml | Resolve-SmtpError | Format-Table Recipient, Cause -Wrap
/// </code>
/// </example>
[Cmdlet(VerbsDiagnostic.Resolve, "SmtpError", DefaultParameterSetName = InputSet)]
[OutputType(typeof(SmtpDiagnosis))]
public sealed class ResolveSmtpErrorCommand : AsyncPSCmdlet
{
    private const string InputSet = "Input";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    private ErrorCatalog _catalog = ErrorCatalog.Default;
    private string _culture = "";
    private PipedLines? _lines;

    /// <summary>
    /// What is to be explained: a text, a code, an error record or exception, a result of Send-RelayMail or one of its
    /// recipients, or a file from Get-ChildItem.
    /// </summary>
    [Parameter(ParameterSetName = InputSet, Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [AllowNull]
    public object? InputObject { get; set; }

    /// <summary>Reports of non-delivery (.eml), logs, or files with a copied reply; wildcards are allowed.</summary>
    [Parameter(ParameterSetName = PathSet, Mandatory = true)]
    public string[] Path { get; set; } = [];

    /// <summary>Such files, by their exact names.</summary>
    [Parameter(ParameterSetName = LiteralPathSet, Mandatory = true)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>The language: en-US or ja-JP; by default that of the session.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <summary>A file with rules of one's own, which go before those that come with MailAdmin.</summary>
    [Parameter]
    public string? CatalogPath { get; set; }

    /// <inheritdoc/>
    protected override void Begin()
    {
        _catalog = UserCatalog.Open(this, CatalogPath, Culture);
        _culture = Culture ?? CultureInfo.CurrentUICulture.Name;
        _lines = new PipedLines(_catalog, _culture);
    }

    /// <inheritdoc/>
    protected override void Process()
    {
        switch (ParameterSetName)
        {
            case PathSet:
                AttemptFiles(Path, isLiteral: false, ExplainFile);
                break;
            case LiteralPathSet:
                AttemptFiles(LiteralPath, isLiteral: true, ExplainFile);
                break;
            default:
                Take(InputObject);
                break;
        }
    }

    /// <inheritdoc/>
    protected override void End() => EndLines();

    private void Take(object? input)
    {
        var value = input is PSObject wrapped ? wrapped.BaseObject : input;
        if (value is string line && !line.AsSpan().TrimEnd().Contains('\n'))
        {
            WriteObject(_lines!.Add(line), enumerateCollection: true);
            return;
        }

        EndLines();
        if (value is IEnumerable many and not string)
        {
            foreach (var item in many)
            {
                Take(item);
            }

            return;
        }

        Attempt(value, () => Explain(value));
    }

    private void Explain(object? value)
    {
        switch (value)
        {
            case string text:
                Write(_catalog.Explain(text, _culture), () => UnknownErrorException.OfText(text));
                break;
            case int or long or short or double or decimal:
                Explain(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case FileInfo file:
                ExplainFile(file.FullName);
                break;
            case ErrorRecord record:
                Explain(record);
                break;
            case Exception exception:
                Write(Causes(exception), () => UnknownErrorException.OfText(exception.Message));
                break;
            case RelaySendResult { Diagnosis: null } or RecipientResult { ReplyCode: null or < 400 }:
                WriteVerbose($"There is nothing to explain: {value}");
                break;
            case RelaySendResult result:
                WriteObject(result.Explain(_catalog, _culture), enumerateCollection: true);
                break;
            case RecipientResult recipient:
                Write(recipient.Explain(_catalog, _culture), () => UnknownErrorException.OfText(recipient.Reply ?? ""));
                break;
            default:
                throw value is null
                    ? UnknownErrorException.OfNothing()
                    : UnknownErrorException.Of($"An object of the type {value.GetType().Name}");
        }
    }

    // What a record shows may say more than its exception, and the other way round.
    private void Explain(ErrorRecord record)
    {
        var found = Causes(record.Exception);
        Write(
            found.Count > 0 ? found : _catalog.Explain(record.ToString(), _culture),
            () => UnknownErrorException.OfText(record.ToString()));
    }

    private IReadOnlyList<SmtpDiagnosis> Causes(Exception exception) => exception is RecipientsLeftOutException refused
        ? refused.Explain(_catalog, _culture)
        : _catalog.Explain(exception, _culture);

    private void EndLines()
    {
        if (_lines!.IsEmpty)
        {
            return;
        }

        foreach (var (text, found) in _lines.End())
        {
            Attempt(text, () => Write(found, () => UnknownErrorException.OfText(text)));
        }
    }

    private void Write(IReadOnlyList<SmtpDiagnosis> found, Func<UnknownErrorException> unknown)
    {
        if (found.Count == 0)
        {
            throw unknown();
        }

        WriteObject(found, enumerateCollection: true);
    }

    private void ExplainFile(string path)
    {
        try
        {
            using var file = Await(_ => Task.FromResult(File.OpenRead(path)));
            if (!WriteCauses(file, path))
            {
                throw UnknownErrorException.Of($"The file '{path}'");
            }
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FilePaths.Unreadable(path, cause);
        }
    }

    // One cause at a time, so that the reading waits for whoever takes them.
    private bool WriteCauses(FileStream file, string path)
    {
        var progress = new ReadingProgress(this, path, file.CanSeek ? file.Length : 0);
        var causes = _catalog.ExplainFileAsync(file, _culture, null, progress, StopToken).GetAsyncEnumerator(StopToken);
        var any = false;
        while (Await(_ => causes.MoveNextAsync().AsTask()))
        {
            any = true;
            WriteObject(causes.Current);
        }

        progress.Complete();
        return any;
    }
}
