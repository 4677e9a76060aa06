using System.Net;
using System.Text;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// The diagnostic part of Exchange's reports, as people copy it:
/// <code>
/// Generating server: server
/// recipient
/// Remote Server returned 'reply'            ; Exchange 2010 and later, Exchange Online
/// server #&lt;server #5.7.60 smtp;reply&gt; #SMTP#   ; Exchange 2003 to 2010
/// </code>
/// </summary>
internal static class ExchangeReportText
{
    private const int MaxLines = 5000;

    private static readonly string[] Introductions =
        ["Remote Server returned", "Remote Server at", "Reported error:", "#SMTP#", "#<"];

    public static IReadOnlyList<Failure> Read(string text)
    {
        if (!text.Contains("Remote Server", StringComparison.OrdinalIgnoreCase) &&
            !text.Contains("Generating server", StringComparison.OrdinalIgnoreCase) &&
            !text.Contains("Reported error:", StringComparison.OrdinalIgnoreCase))
        {
            return [];
        }

        var failures = new List<Failure>();
        string? server = null;
        string? recipient = null;
        var lines = Lines(text);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            if (Value(line, "Generating server:") is { } name)
            {
                server = name;
            }
            else if (line.StartsWith("Original message headers", StringComparison.OrdinalIgnoreCase) ||
                line.StartsWith("Original Message Details", StringComparison.OrdinalIgnoreCase))
            {
                break;
            }
            else if (Introductions.Any(i => line.Contains(i, StringComparison.OrdinalIgnoreCase)))
            {
                Add(failures, Gather(lines, ref i), recipient, server);
            }
            else if (IsAddress(line))
            {
                recipient = Trim(line);
            }
        }

        return failures;
    }

    private static void Add(List<Failure> failures, string said, string? recipient, string? server)
    {
        var failure = FailureFactory.FromText(said);
        if (failure.Codes.Count > 0)
        {
            failures.Add(failure with { Recipient = recipient, Server = server });
        }
    }

    /// <summary>The reply with the lines into which a mail program wrapped it.</summary>
    private static string Gather(IReadOnlyList<string> lines, ref int i)
    {
        var said = new StringBuilder(lines[i]);
        while (i + 1 < lines.Count && IsContinuation(lines[i + 1]))
        {
            said.Append(' ').Append(lines[++i]);
        }

        return said.ToString();
    }

    private static bool IsContinuation(string line) =>
        line.Length > 0 && !IsAddress(line) && !line.Contains(" server", StringComparison.OrdinalIgnoreCase) &&
        !line.StartsWith("Original ", StringComparison.OrdinalIgnoreCase);

    private static bool IsAddress(string line) =>
        Trim(line) is var address && address.Contains('@') && !address.Contains(' ') && !address.Contains('#');

    private static string Trim(string line)
    {
        var address = line.Trim('<', '>', ' ', '\'');
        var link = address.IndexOf("<mailto:", StringComparison.OrdinalIgnoreCase);
        return link > 0 ? address[..link] : address;
    }

    private static string? Value(string line, string label) =>
        line.StartsWith(label, StringComparison.OrdinalIgnoreCase) ? line[label.Length..].Trim() : null;

    /// <summary>The lines without HTML tags, when it is HTML.</summary>
    private static List<string> Lines(string text)
    {
        var isHtml = text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<br", StringComparison.OrdinalIgnoreCase);
        var plain = isHtml ? WebUtility.HtmlDecode(WithoutTags(text)) : text;
        return [.. plain.Split('\n').Take(MaxLines).Select(l => PlainText.OneLine(l))];
    }

    private static string WithoutTags(string html)
    {
        var plain = new StringBuilder(html.Length);
        var rest = html.AsSpan();
        while (!rest.IsEmpty)
        {
            var open = rest.IndexOf('<');
            if (open < 0 || rest[open..].IndexOf('>') is var close && close < 0)
            {
                plain.Append(rest);
                break;
            }

            plain.Append(rest[..open]).Append('\n');
            rest = rest[(open + close + 1)..];
        }

        return plain.ToString();
    }
}
