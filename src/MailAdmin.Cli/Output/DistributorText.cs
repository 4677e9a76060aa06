using System.Globalization;
using MailAdmin.Cli.Parsing;
using MailAdmin.Cli.Queueing;
using MailAdmin.Queueing.Distribution;

namespace MailAdmin.Cli.Output;

/// <summary>What a distributor does, for people.</summary>
internal static class DistributorText
{
    /// <summary>One line for a message.</summary>
    public static string Line(DistributedItem done, TimeProvider clock)
    {
        var again = done.Verdict.NextAttemptAt is { } time ? $"again {Moment.Show(time, clock)}: " : "";
        var why = done.Verdict.Error?.Message ?? done.Report?.Reply?.ToString() ?? "";
        string[] parts =
        [
            $"{done.Item.Id,6}",
            $"{StateName.Of(done.Verdict.NextState),-11}",
            QueueItemText.Path(done.Item),
            done.Report?.Server ?? done.Item.Destination,
            again + why,
        ];
        return Plain.Line(string.Join("  ", parts)).TrimEnd(' ', ':');
    }

    public static string Summary(DistributorSummary sum)
    {
        (int Count, string Name)[] counts =
        [
            (sum.PartlySent, "partly sent"),
            (sum.Failed, "failed"),
            (sum.Expired, "expired"),
            (sum.Deferred, "deferred"),
            (sum.Throttled, "held back by limits"),
            (sum.Forced, "sent over a limit"),
        ];
        string[] shown = [$"{sum.Sent} sent", .. counts.Where(c => c.Count > 0).Select(c => $"{c.Count} {c.Name}")];
        var rounds = sum.Rounds == 1 ? "1 round" : $"{sum.Rounds} rounds";
        var end = sum.WasStopped ? "; stopped" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{string.Join(", ", shown)} in {rounds}, {sum.Duration.TotalSeconds:0.00} s{end}.");
    }
}
