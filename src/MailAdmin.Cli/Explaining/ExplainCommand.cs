using System.CommandLine;
using System.CommandLine.Completions;
using MailAdmin.Cli.Output;
using MailAdmin.Diagnosis;

namespace MailAdmin.Cli.Explaining;

/// <summary><c>mailadmin explain</c>: what a mail error means, and what to do about it.</summary>
internal sealed class ExplainCommand : Command
{
    private readonly CliHost _host;
    private readonly Option<bool> _json;

    private readonly Argument<string[]> _text = new("TEXT")
    {
        Description = "A reply, a code or other words of an error; - reads standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string?> _file = new("--file", "-f")
    {
        HelpName = "FILE", Description = "A report of non-delivery (.eml), a log, or a file with a reply.",
    };

    private readonly Option<string?> _culture = new("--culture")
    {
        HelpName = "NAME", Description = "The language: en-US or ja-JP. By default that of the process.",
    };

    public ExplainCommand(CliHost host, Option<bool> json)
        : base("explain", "Explains a mail error: a reply, a code, a report of non-delivery, a log.")
    {
        _host = host;
        _json = json;
        _culture.CompletionSources.Add(_ => ErrorCatalog.Default.Cultures.Select(name => new CompletionItem(name)));
        Add(_text);
        Add(_file);
        Add(_culture);
        Add(json);
        SetAction(RunAsync);
    }

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var (text, path) = (string.Join(' ', parsed.GetValue(_text)!), parsed.GetValue(_file));
        if (text.Length == 0 == path is null)
        {
            throw CliException.Usage(
                "explain takes either a text or --file.", "Give a reply in quotes, or a file; - reads standard input.");
        }

        var culture = Culture(parsed);
        var found = text == "-" || path == "-" ? await WriteAllAsync(parsed, _host.Input, culture, cancellationToken)
            : path is null ? Write(parsed, ErrorCatalog.Default.Explain(text, culture))
            : await ReadFileAsync(parsed, path, culture, cancellationToken);
        return found
            ? (int)ExitCode.Ok
            : throw new CliException(
                ExitCode.DataError,
                "SmtpErrorUnknown",
                MailErrorKind.InvalidInput,
                "This tells of no mail error that is known.",
                "Give a reply with its code, such as '550 5.7.60 Client does not have permissions', a report of " +
                "non-delivery (.eml) or a log.");
    }

    private string? Culture(ParseResult parsed)
    {
        var culture = parsed.GetValue(_culture);
        return culture is null || ErrorCatalog.Default.HasCulture(culture)
            ? culture
            : throw CliException.Usage(
                $"There are no words in '{culture}'.",
                $"--culture takes {string.Join(" or ", ErrorCatalog.Default.Cultures)}.");
    }

    private async Task<bool> ReadFileAsync(
        ParseResult parsed, string path, string? culture, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        return await WriteAllAsync(parsed, file, culture, cancellationToken);
    }

    private static FileStream Open(string path)
    {
        try
        {
            return File.OpenRead(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Unreadable(path, "file", cause);
        }
    }

    private async Task<bool> WriteAllAsync(
        ParseResult parsed, Stream content, string? culture, CancellationToken cancellationToken)
    {
        var any = false;
        var causes = ErrorCatalog.Default.ExplainFileAsync(content, culture, cancellationToken: cancellationToken);
        await foreach (var diagnosis in causes)
        {
            any |= Write(parsed, [diagnosis]);
        }

        return any;
    }

    private bool Write(ParseResult parsed, IReadOnlyList<SmtpDiagnosis> found)
    {
        foreach (var diagnosis in found)
        {
            if (parsed.GetValue(_json))
            {
                JsonOutput.Write(_host.Output, DiagnosisJson.Of(diagnosis));
                continue;
            }

            foreach (var line in DiagnosisText.Lines(diagnosis))
            {
                _host.Output.WriteLine(line);
            }
        }

        return found.Count > 0;
    }
}
