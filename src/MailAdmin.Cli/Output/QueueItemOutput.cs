using MailAdmin.Storage;

namespace MailAdmin.Cli.Output;

/// <summary>Messages of the queue as they are asked for: lines, or objects.</summary>
internal sealed class QueueItemOutput(CliHost host, bool asJson)
{
    public void WriteShort(QueueItem item) => Write(item, QueueItemText.Short(item, host.Time));

    public void WriteLong(QueueItem item) => Write(item, QueueItemText.Long(item, host.Time));

    public void WriteChanged(QueueItem item, string done) =>
        Write(item, [Plain.Line($"{item.Id,6}  {done}  {QueueItemText.Path(item)}")]);

    /// <summary>Says what could not be done, and what that earns.</summary>
    public ExitCode WriteFailures(IEnumerable<CliException> failures)
    {
        var output = new FailureOutput(host, asJson);
        return failures.Aggregate(ExitCode.Ok, (worst, failure) => ExitCodes.Worse(worst, output.Write(failure)));
    }

    private void Write(QueueItem item, IEnumerable<string> lines)
    {
        if (asJson)
        {
            JsonOutput.Write(host.Output, QueueItemJson.Of(item));
            return;
        }

        foreach (var line in lines)
        {
            host.Output.WriteLine(line);
        }
    }
}
