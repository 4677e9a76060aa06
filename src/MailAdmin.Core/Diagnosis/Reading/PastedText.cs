namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Finds the failures in text of any kind: the source of a report, a report's words, lines of a log, a transcript, or
/// one reply with anything around it.
/// </summary>
internal static class PastedText
{
    private const int MaxFailures = 1000;
    private const string Preface = "The server response was:";

    // What transcripts of openssl, swaks, curl, MailKit and others put before a line that the server sent.
    private static readonly char[] Marks = ['<', '-', '*', '~', '>', ' ', '\t', '|'];

    public static IReadOnlyList<Failure> Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return [];
        }

        return [.. (FromReport(text) ?? FromLog(text) ?? FromReplies(WithoutPreface(text))).Take(MaxFailures)];
    }

    private static IReadOnlyList<Failure>? FromReport(string text)
    {
        if (DeliveryReportReader.LooksLikeSource(text))
        {
            var failures = DeliveryReportReader.Read(System.Text.Encoding.UTF8.GetBytes(text.TrimStart()));
            if (failures.Count > 0)
            {
                return failures;
            }
        }

        var fields = DeliveryStatusFields.Read(text);
        return fields.Count > 0 ? fields : ExchangeReportText.Read(text) is { Count: > 0 } words ? words : null;
    }

    private static List<Failure>? FromLog(string text)
    {
        var reader = new LogReader();
        var found = new List<Failure>();
        foreach (var line in text.Split('\n'))
        {
            if (reader.Take(line.TrimEnd('\r')) is { } failure)
            {
                found.Add(failure);
            }
        }

        return reader.KnownLines > 0 && found.Count > 0 ? found : null;
    }

    // .NET's SmtpClient puts a sentence of its own before the server's, which would be mistaken for it.
    public static string WithoutPreface(string text)
    {
        var end = text.LastIndexOf(Preface, StringComparison.OrdinalIgnoreCase);
        return end < 0 || string.IsNullOrWhiteSpace(text[(end + Preface.Length)..])
            ? text
            : text[(end + Preface.Length)..];
    }

    /// <summary>Each reply in the text; the text as a whole when it has no line that begins like one.</summary>
    private static IEnumerable<Failure> FromReplies(string text)
    {
        var replies = new ReplyLines();
        foreach (var line in text.Split('\n'))
        {
            replies.Add(Strip(line.TrimEnd('\r')));
        }

        var failures = replies.Complete()
            .Select(FailureFactory.FromText)
            .Where(f => f.Codes.Count > 0)
            .ToList();
        return failures.Count > 0 ? failures.Select(WithRecipient) : [WithRecipient(FailureFactory.FromText(text))];
    }

    private static string Strip(string line)
    {
        var start = line.TrimStart(Marks);
        start = start.StartsWith("S: ", StringComparison.Ordinal) ? start[3..] : start;
        return StatusScanner.LineCode(start, out _) is null ? line : start;
    }

    private static Failure WithRecipient(Failure failure) =>
        failure.Text.Contains("recipient", StringComparison.OrdinalIgnoreCase) ||
        failure.Text.Contains("RCPT", StringComparison.Ordinal)
            ? failure with { Recipient = AddressFinder.InBrackets(failure.Text) }
            : failure;
}
