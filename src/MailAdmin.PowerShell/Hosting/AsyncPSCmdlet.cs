using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>
/// The base of all cmdlets: asynchronous work runs on pool threads while the pipeline thread pumps, Ctrl+C cancels it,
/// and failures become error records.
/// </summary>
public abstract class AsyncPSCmdlet : PSCmdlet, IDisposable
{
    private readonly PipelinePump _pump = new();
    private int _pipelineThread;

    /// <summary>Cancelled when the pipeline stops.</summary>
    internal CancellationToken StopToken => _pump.Stopping;

    /// <summary>True when -Verbose or $VerbosePreference asks for verbose messages.</summary>
    internal bool IsVerbose =>
        MyInvocation.BoundParameters.TryGetValue("Verbose", out var value)
            ? value is SwitchParameter { IsPresent: true }
            : GetVariableValue("VerbosePreference")
                is not (null or ActionPreference.SilentlyContinue or ActionPreference.Ignore);

    /// <inheritdoc/>
    public void Dispose()
    {
        _pump.Stop();
        PipelinePump.WaitBriefly(Task.Run(CleanUpAsync));
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Before the first input. A failure here ends the command: nothing could be done with any input.
    /// </summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Once for each input. A failure here is reported, and the next input has its turn.</summary>
    protected virtual void Process()
    {
    }

    /// <summary>After the last input.</summary>
    protected virtual void End()
    {
    }

    /// <summary>Lets go of what is still held, on every way out. The work is cancelled by then.</summary>
    protected virtual Task CleanUpAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    protected sealed override void BeginProcessing() => Guard(Begin, ThrowTerminatingError);

    /// <inheritdoc/>
    protected sealed override void ProcessRecord() => Guard(Process, WriteError);

    /// <inheritdoc/>
    protected sealed override void EndProcessing() => Guard(End, WriteError);

    /// <inheritdoc/>
    protected sealed override void StopProcessing() => _pump.Stop();

    /// <summary>Does one thing of several; when it fails, that is reported, and the others have their turn.</summary>
    /// <param name="target">What the user passed that it is about: the target of the error record.</param>
    /// <param name="step">What to do.</param>
    protected void Attempt(object? target, Action step)
    {
        try
        {
            step();
        }
        catch (MailException failure)
        {
            WriteError(ErrorRecords.From(failure, target));
        }
    }

    /// <summary>Does one thing with each of the files that the user names, as <see cref="Attempt"/> does.</summary>
    /// <param name="typed">The paths as typed.</param>
    /// <param name="isLiteral">True when wildcards in them are no wildcards.</param>
    /// <param name="step">What to do with a full path.</param>
    private protected void AttemptFiles(IEnumerable<string> typed, bool isLiteral, Action<string> step)
    {
        foreach (var path in typed)
        {
            Attempt(path, () =>
            {
                var files = isLiteral ? [FilePaths.Full(SessionState, path)] : FilePaths.Find(SessionState, path);
                foreach (var file in files)
                {
                    Attempt(file, () => step(file));
                }
            });
        }
    }

    /// <summary>Runs work on the pool and pumps until it is done.</summary>
    internal T Await<T>(Func<CancellationToken, Task<T>> work)
    {
        if (_pipelineThread != 0 && _pipelineThread != Environment.CurrentManagedThreadId)
        {
            throw new InvalidOperationException(
                "Work that is awaited must not wait for more on the pump: both could stop.");
        }

        var task = Task.Run(() => work(StopToken), CancellationToken.None);
        _pump.Run(task);
        return task.GetAwaiter().GetResult();
    }

    /// <summary>Runs work on the pool and pumps until it is done.</summary>
    internal void Await(Func<CancellationToken, Task> work) =>
        Await(async token =>
        {
            await work(token).ConfigureAwait(false);
            return true;
        });

    /// <summary>Does something with each element on the pipeline thread, as they come.</summary>
    internal void ForEach<T>(IAsyncEnumerable<T> source, Action<T> action)
    {
        // Some at a time: to change threads for each would take longer than to read it.
        const int Most = 100;
        var elements = source.GetAsyncEnumerator(StopToken);
        try
        {
            for (var some = new List<T>(); ; some.Clear())
            {
                var more = Await(async _ =>
                {
                    while (some.Count < Most)
                    {
                        if (!await elements.MoveNextAsync().ConfigureAwait(false))
                        {
                            return false;
                        }

                        some.Add(elements.Current);
                    }

                    return true;
                });
                some.ForEach(action);
                if (!more)
                {
                    return;
                }
            }
        }
        finally
        {
            PipelinePump.WaitBriefly(elements.DisposeAsync().AsTask());
        }
    }

    /// <summary>Has the pipeline thread do something, such as writing to a stream. From any thread.</summary>
    internal void Post(Action action) => _pump.Post(action);

    /// <summary>Lets the work go on for longer than usual when the pipeline stops.</summary>
    internal void AllowToFinish(TimeSpan grace) => _pump.Grace = grace;

    /// <summary>Does what was posted so far, on the pipeline thread.</summary>
    internal void FlushPosted() => _pump.Drain();

    private void Guard(Action step, Action<ErrorRecord> report)
    {
        _pipelineThread = Environment.CurrentManagedThreadId;
        try
        {
            step();
        }
        catch (MailException failure)
        {
            report(ErrorRecords.From(failure, null));
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
}
