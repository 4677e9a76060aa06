using MailAdmin.Cli.Parsing;
using MailAdmin.Cli.Queueing;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Output;

/// <summary>A message of the queue for people.</summary>
internal static class QueueItemText
{
    /// <summary>A line, and another one for what went wrong.</summary>
    public static IEnumerable<string> Short(QueueItem item, TimeProvider clock)
    {
        var time = item.NextAttemptAt ?? item.FinishedAt ?? item.LeasedUntil ?? item.QueuedAt;
        yield return Plain.Line(
            $"{item.Id,6}  {StateName.Of(item.State),-11}  {Moment.Show(time, clock)}  {Path(item)}  "
            + (item.Subject is { Length: > 0 } subject ? subject : "(no subject)"));
        if (item.LastError is { } error)
        {
            yield return Plain.Line($"        {error}");
        }
    }

    /// <summary>All that is known.</summary>
    public static IEnumerable<string> Long(QueueItem item, TimeProvider clock)
    {
        yield return Plain.Line($"Message {item.Id}, {StateName.Of(item.State)}");
        foreach (var (name, value) in Facts(item, clock).Where(fact => fact.Value is not null))
        {
            yield return Plain.Line($"  {name,-13} {value}");
        }

        foreach (var recipient in item.Recipients)
        {
            var who = $"{ReportText.Word(recipient.Status),-13} {recipient.Recipient.Address}";
            yield return Plain.Line($"  {who}  {recipient.Reply}").TrimEnd();
        }
    }

    /// <summary>From whom, and to whom first.</summary>
    public static string Path(QueueItem item)
    {
        var others = item.Recipients.Count - 1;
        var more = others > 0 ? $" and {others} more" : "";
        return $"{item.Sender?.ToString() ?? "<>"} -> {item.Recipients.FirstOrDefault()?.Recipient.Address}{more}";
    }

    private static IEnumerable<(string Name, string? Value)> Facts(QueueItem item, TimeProvider clock)
    {
        string? At(DateTimeOffset? time) => time is { } known ? Moment.Show(known, clock) : null;
        yield return ("from", item.Sender?.ToString() ?? "<>");
        yield return ("subject", item.Subject);
        yield return ("Message-ID", item.MessageId is { } id ? $"<{id}>" : null);
        yield return ("size", ByteCount.Show(item.Size));
        yield return ("priority", item.Priority.ToString().ToLowerInvariant());
        yield return ("through", item.Destination);
        yield return ("queued", At(item.QueuedAt));
        yield return ("due", At(item.NextAttemptAt));
        yield return ("given up", item.State.IsFinished() ? null : At(item.ExpiresAt));
        yield return ("finished", At(item.FinishedAt));
        yield return ("attempts", $"{item.Attempts}");
        yield return ("last attempt", At(item.LastAttemptAt));
        yield return ("in work until", At(item.LeasedUntil));
        yield return ("error", item.LastError);
        yield return ("diagnosis", item.DiagnosisId);
    }
}
