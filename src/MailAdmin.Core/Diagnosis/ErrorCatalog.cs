using System.Runtime.CompilerServices;
using MailAdmin.Diagnosis.Catalog;
using MailAdmin.Diagnosis.Matching;
using MailAdmin.Diagnosis.Reading;
using MailAdmin.Identity.Inspection;
using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis;

/// <summary>
/// What is known about mail errors, as data: rules of codes and words, and their causes and remedies in several
/// languages. Code and text decide together, the most specific rule wins. Immutable; any number of threads may use it.
/// </summary>
public sealed class ErrorCatalog
{
    private const int MaxTextLength = 4 * 1024 * 1024;

    private static readonly Lazy<ErrorCatalog> LazyDefault = new(
        () => new ErrorCatalog(EmbeddedFiles.Rules(), [], new Wording()));

    private readonly IReadOnlyList<ErrorRule> _rules;
    private readonly IReadOnlyList<string> _userRules;
    private readonly RuleMatcher _matcher;
    private readonly Wording _wording;

    private ErrorCatalog(RuleFile file, IReadOnlyList<string> userRules, Wording wording)
    {
        Date = file.Date;
        _rules = file.Rules;
        _userRules = userRules;
        _matcher = new RuleMatcher(_rules, _userRules);
        _wording = wording;
    }

    /// <summary>The catalogue that comes with MailAdmin; it is read when it is first used.</summary>
    public static ErrorCatalog Default => LazyDefault.Value;

    /// <summary>When the rules were last checked; after <see cref="With"/> the later of both dates.</summary>
    public DateOnly Date { get; }

    /// <summary>The names of the cultures that causes and remedies can be had in, such as <c>ja-JP</c>.</summary>
    public IReadOnlyList<string> Cultures => _wording.Cultures;

    /// <summary>True when there are words in this culture, or in another of the same language.</summary>
    /// <param name="culture">The name of a culture, such as <c>ja</c> or <c>ja-JP</c>.</param>
    public bool HasCulture(string culture)
    {
        ArgumentNullException.ThrowIfNull(culture);
        return _wording.Matching(culture) is not null;
    }

    /// <summary>
    /// This catalogue with a user's rules before it. A rule with a name that exists replaces it and may use its words;
    /// Data/README.md describes the file.
    /// </summary>
    /// <param name="json">The file's content, UTF-8.</param>
    /// <exception cref="ErrorCatalogException">The file is malformed.</exception>
    public ErrorCatalog With(ReadOnlySpan<byte> json)
    {
        var file = UserRules.Read(json);
        UserRules.CheckCultures(file, _wording);
        var wording = _wording.With(file.Texts);
        UserRules.Check(file, wording);
        var replaced = file.Rules.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return new ErrorCatalog(
            new RuleFile
            {
                Date = file.Date > Date ? file.Date : Date,
                Rules = [.. file.Rules, .. _rules.Where(r => !replaced.Contains(r.Id))],
            },
            [.. replaced, .. _userRules],
            wording);
    }

    /// <summary>Explains a server's refusal.</summary>
    /// <param name="reply">The reply; for one that is no refusal there is nothing to explain.</param>
    /// <param name="culture">
    /// The name of the language's culture, such as <c>ja-JP</c>; null for that of the process.
    /// </param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <param name="stage">What the reply was to; null when that is not known.</param>
    /// <returns>The cause; the likely ones when the reply leaves several open; empty for no refusal.</returns>
    public IReadOnlyList<SmtpDiagnosis> Explain(
        SmtpReply reply, string? culture = null, DiagnosisContext? context = null, SmtpStage? stage = null)
    {
        ArgumentNullException.ThrowIfNull(reply);
        return reply.Code < 400 ? [] : Explain([FailureFactory.FromReply(reply, stage)], culture, context);
    }

    /// <summary>Explains an exception: MailAdmin's own by its name and reply, another by what it says.</summary>
    /// <param name="exception">The exception.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <returns>The causes; empty when nothing in the exception is known.</returns>
    public IReadOnlyList<SmtpDiagnosis> Explain(
        Exception exception, string? culture = null, DiagnosisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return Explain(FailureFactory.FromException(exception), culture, context);
    }

    /// <summary>Puts what was found in a token into words.</summary>
    /// <param name="inspection">What was found.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    public SmtpTokenReport Explain(TokenInspection inspection, string? culture = null)
    {
        ArgumentNullException.ThrowIfNull(inspection);
        var chosen = _wording.Choose(culture);
        var context = new DiagnosisContext
        {
            User = inspection.LoginName ?? inspection.Expectation.User ?? inspection.Claims?.User,
        };
        return new SmtpTokenReport(
            inspection,
            chosen,
            [.. inspection.Findings.Select(finding => new SmtpTokenFinding(
                finding,
                _wording.Detail(chosen, finding.Detail),
                Explain([new Failure { ErrorId = finding.Id, Text = finding.Id }], chosen, context)[0]))]);
    }

    /// <summary>
    /// Explains text as administrators paste it: a code, a reply of one or several lines with anything around it, an
    /// exception's words, a report of non-delivery with or without its source, or some lines of a log.
    /// </summary>
    /// <param name="text">The text; what is beyond 4 Mi characters is not read.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <returns>The causes in the order of the text, each recipient's own; empty when nothing in it is known.</returns>
    public IReadOnlyList<SmtpDiagnosis> Explain(string text, string? culture = null, DiagnosisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        return Explain(PastedText.Read(text.Length > MaxTextLength ? text[..MaxTextLength] : text), culture, context);
    }

    /// <summary>Explains a report of non-delivery (RFC 3464, or Exchange's words) from its source.</summary>
    /// <param name="message">The message as it was received; what is beyond 4 MiB is not read.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <returns>The causes, for each recipient; empty when the message is no report.</returns>
    public IReadOnlyList<SmtpDiagnosis> ExplainReport(
        ReadOnlySpan<byte> message, string? culture = null, DiagnosisContext? context = null) =>
        Explain(DeliveryReportReader.Read(message[..Math.Min(message.Length, MaxTextLength)]), culture, context);

    /// <summary>
    /// Explains the failures in a log (Postfix, Exim, Exchange's protocol logs, or any with replies in its lines) while
    /// it is read; any size, in little memory. Lines are cut at 16,384 characters.
    /// </summary>
    /// <param name="log">The log, UTF-8 or with a byte order mark; it is left open.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>One diagnosis for each line that tells of a failure, with the number of the line.</returns>
    public async IAsyncEnumerable<SmtpDiagnosis> ExplainLogAsync(
        Stream log,
        string? culture = null,
        DiagnosisContext? context = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(log);
        using var reader = new FileReader(log, position: null);
        await foreach (var failure in reader.ReadLogAsync(cancellationToken).ConfigureAwait(false))
        {
            if (First(failure, culture, context) is { } diagnosis)
            {
                yield return diagnosis;
            }
        }
    }

    /// <summary>
    /// Explains a file of any kind: a report of non-delivery, a log of any size, or a text such as one would paste.
    /// </summary>
    /// <param name="content">The file, UTF-8 or with a byte order mark; it is left open.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <param name="position">Told how many octets were read, if the stream knows its position.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>
    /// The causes while they are found; of a log one for each line that tells of a failure; none when nothing is known.
    /// </returns>
    public async IAsyncEnumerable<SmtpDiagnosis> ExplainFileAsync(
        Stream content,
        string? culture = null,
        DiagnosisContext? context = null,
        IProgress<long>? position = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(content);
        using var reader = new FileReader(content, position);
        if (await reader.ReadTextAsync(MaxTextLength, cancellationToken).ConfigureAwait(false) is { } text)
        {
            int? line = null;
            foreach (var diagnosis in Explain(text, culture, context))
            {
                if (line is null || diagnosis.LineNumber != line)
                {
                    yield return diagnosis;
                }

                line = diagnosis.LineNumber;
            }

            yield break;
        }

        await foreach (var failure in reader.ReadLogAsync(cancellationToken).ConfigureAwait(false))
        {
            if (First(failure, culture, context) is { } diagnosis)
            {
                yield return diagnosis;
            }
        }
    }

    /// <summary>Explains a log whose lines come one by one, such as those of a running program.</summary>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    public LogExplanation ExplainLines(string? culture = null, DiagnosisContext? context = null) =>
        new(failure => First(failure, culture, context));

    private SmtpDiagnosis? First(Failure failure, string? culture, DiagnosisContext? context) =>
        Explain([failure], culture, context).FirstOrDefault();

    private IReadOnlyList<SmtpDiagnosis> Explain(
        IEnumerable<Failure> failures, string? culture, DiagnosisContext? context)
    {
        var writer = new DiagnosisWriter(_wording, _wording.Choose(culture), context ?? new DiagnosisContext());
        return [.. failures
            .SelectMany(
                failure => _matcher.Find(failure, context?.Method).Select(match => writer.Write(failure, match)))
            .Distinct(SameDiagnosis.Instance)];
    }
}
