using MailAdmin.Queueing.Distribution;

namespace MailAdmin.Cli.Output;

/// <summary>What a distributor did in all: the last object.</summary>
/// <param name="Type">Always <c>summary</c>.</param>
/// <param name="ExitCode">The exit code of the process.</param>
/// <param name="Sent">Messages that everybody has.</param>
/// <param name="PartlySent">Finished messages that some have.</param>
/// <param name="Failed">Finished messages that nobody has.</param>
/// <param name="Expired">Messages whose time was over.</param>
/// <param name="Deferred">Attempts after which a message waits to be tried again.</param>
/// <param name="Throttled">Deferrals by limits, without an attempt.</param>
/// <param name="Forced">Attempts although a limit was reached.</param>
/// <param name="Rounds">Rounds that were begun.</param>
/// <param name="WasStopped">True when it was stopped before it was done.</param>
/// <param name="DurationMs">Milliseconds in all.</param>
internal sealed record DistributorSummaryJson(
    string Type,
    int ExitCode,
    int Sent,
    int PartlySent,
    int Failed,
    int Expired,
    int Deferred,
    int Throttled,
    int Forced,
    int Rounds,
    bool WasStopped,
    double DurationMs)
{
    public static DistributorSummaryJson Of(DistributorSummary sum, ExitCode code) => new(
        "summary",
        (int)code,
        sum.Sent,
        sum.PartlySent,
        sum.Failed,
        sum.Expired,
        sum.Deferred,
        sum.Throttled,
        sum.Forced,
        sum.Rounds,
        sum.WasStopped,
        Math.Round(sum.Duration.TotalMilliseconds, 1));
}
