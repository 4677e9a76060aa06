using System.Management.Automation;
using System.Runtime.InteropServices;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Queueing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Events;
using MailAdmin.Queueing.Failures;
using MailAdmin.Queueing.Notices;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Sends what is due in the queue: once, a number of times, or until it is stopped.</summary>
/// <remarks>
/// <para>
/// Any number of distributors may run side by side, in any number of processes; each message is in the hands of one of
/// them. When one is killed, others go on with its messages within minutes. Limits of Set-EmailThrottle hold for all
/// together. There is an object for each attempt, and at the end one with the sum.
/// </para>
/// <para>
/// A message that the server cannot take now is tried again after 1 minute, 2, 4 and so on up to an hour, until its
/// time is over; one that it refuses for good fails with its diagnosis. When a server cannot be reached or refuses the
/// login, all mail for it waits and no other mail does. After a refused login nothing is tried for 15 minutes at
/// least, so that no account gets locked.
/// </para>
/// <para>
/// At its end, and every hour when it is continuous, the retention of Set-EmailOption is applied: finished messages and
/// history that are older are removed, and the content of what is sent. What waits or is held is not touched.
/// </para>
/// <para>
/// Ctrl+C and SIGTERM finish what is being transferred, give the rest back and return within five seconds. After
/// SIGTERM the script goes on with the next command, and WasStopped of the sum says so: a loop around this one ends by
/// that.
/// </para>
/// </remarks>
/// <example>
/// <para>Send what is due, and see what did not go</para>
/// <code>
/// Invoke-EmailDistributor | Where-Object State -ne Sent
/// </code>
/// </example>
/// <example>
/// <para>In a console, until Ctrl+C</para>
/// <code>
/// Invoke-EmailDistributor -Continuous -IntervalSeconds 5 -WhatIf
/// </code>
/// </example>
/// <example>
/// <para>In a scheduled task: events to the system's log, failures to the alert address of Set-EmailOption</para>
/// <code>
/// Invoke-EmailDistributor -Rounds 2 -IntervalSeconds 1 -EventLog | Select-Object -Last 1
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "EmailDistributor", DefaultParameterSetName = RoundsSet, SupportsShouldProcess = true)]
[OutputType(typeof(DistributedMail), typeof(DistributorSummary))]
public sealed class InvokeEmailDistributorCommand : AsyncPSCmdlet
{
    private const string RoundsSet = "Rounds";
    private const string ContinuousSet = "Continuous";

    // What is being transferred may take four seconds to end; writing down and taking leave come on top.
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(6);

    private readonly CancellationTokenSource _terminated = new();
    private SharedQueue? _queue;

    /// <summary>How many rounds; each sends all that is due.</summary>
    [Parameter(ParameterSetName = RoundsSet)]
    [ValidateRange(1, int.MaxValue)]
    public int Rounds { get; set; } = 1;

    /// <summary>Goes on until it is stopped.</summary>
    [Parameter(ParameterSetName = ContinuousSet, Mandatory = true)]
    public SwitchParameter Continuous { get; set; }

    /// <summary>
    /// The longest pause between two rounds, in seconds; shorter when a message is due earlier. 10 by default.
    /// </summary>
    [Parameter]
    [ValidateRange(1, 86_400)]
    public int IntervalSeconds { get; set; } = 10;

    /// <summary>The most connections to a server for which Set-EmailThrottle sets no limit; 4 by default.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int Connections { get; set; } = 4;

    /// <summary>
    /// What to do with a message whose confirmation got lost, so that nobody knows whether it has arrived: SendAgain,
    /// with the same Message-ID, or GiveUp, for mail that does harm when it comes twice.
    /// </summary>
    [Parameter]
    public UnknownOutcome UnknownOutcome { get; set; }

    /// <summary>
    /// Sends the sender of a message that fails a report; the alert address of Set-EmailOption gets one in any case.
    /// </summary>
    [Parameter]
    public SwitchParameter NotifySender { get; set; }

    /// <summary>Writes failures and sums to the event log of Windows, or to syslog.</summary>
    [Parameter]
    public SwitchParameter EventLog { get; set; }

    /// <inheritdoc/>
    protected override void End()
    {
        _queue = new SharedQueue(this);
        if (!ShouldProcess(_queue.Store.Location, "Send what is due in the queue"))
        {
            return;
        }

        AllowToFinish(StopGrace);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnTerminate);
        using var log = EventLog ? SystemEventLog.Open() : null;
        var output = new DistributorOutput(this);
        var events = log is null ? null : new EventObserver(log, output);
        var options = new DistributorOptions
        {
            Rounds = Continuous ? null : Rounds,
            Interval = TimeSpan.FromSeconds(IntervalSeconds),
            Connections = Connections,
        };
        var policy = new FailurePolicyOptions { UnknownOutcome = UnknownOutcome };
        var notices = Await(token => FailureNotices.ForAsync(_queue.Store, NotifySender, token));
        var distributor = _queue.Services.Distributor(policy, notices);
        var summary = Await(async token =>
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(token, _terminated.Token);
            var observer = events ?? (IDistributorObserver)output;
            return await distributor.RunAsync(options, observer, stop.Token).ConfigureAwait(false);
        });
        events?.OnEnd(summary);
        output.Complete();
        WriteObject(summary);
    }

    /// <inheritdoc/>
    protected override async Task CleanUpAsync()
    {
        if (_queue is not null)
        {
            await _queue.DisposeAsync().ConfigureAwait(false);
        }

        _terminated.Dispose();
    }

    // The process ends by itself once the command has returned.
    private void OnTerminate(PosixSignalContext signal)
    {
        signal.Cancel = true;
        _terminated.Cancel();
    }
}
