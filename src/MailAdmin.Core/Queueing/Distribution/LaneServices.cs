using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Routes;
using MailAdmin.Storage;
using MailAdmin.Throttling;

namespace MailAdmin.Queueing.Distribution;

/// <summary>What the lanes of one run share.</summary>
internal sealed record LaneServices
{
    /// <summary>The name that the run's leases carry.</summary>
    internal required string Owner { get; init; }

    internal required DistributorOptions Options { get; init; }

    internal required IQueueStore Store { get; init; }

    internal required IThrottleGate Gate { get; init; }

    internal required FailurePolicy Policy { get; init; }

    internal required RouteOpener Routes { get; init; }

    internal required LeaseKeeper Leases { get; init; }

    internal required AttemptRecorder Recorder { get; init; }

    internal required StoreClock Clock { get; init; }

    internal required TimeProvider Time { get; init; }

    internal required RunTally Tally { get; init; }

    internal required IFailureNotices? Notices { get; init; }

    /// <summary>Set when a lane has room again or is idle.</summary>
    internal required Pulse Pulse { get; init; }

    /// <summary>Ends the run: the store cannot be used any more.</summary>
    internal required Action<Exception> Fail { get; init; }
}
