using System.Diagnostics;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>Shows how many TLS handshakes were begun with a server; reports come from any thread.</summary>
/// <param name="cmdlet">Whose progress stream is written to.</param>
/// <param name="server">With whom.</param>
internal sealed class HelloProgress(AsyncPSCmdlet cmdlet, string server) : IProgress<int>
{
    private const int ProgressId = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Stopwatch _sinceLast = Stopwatch.StartNew();
    private bool _isShown;

    /// <inheritdoc/>
    public void Report(int value) => cmdlet.Post(() =>
    {
        if (_sinceLast.Elapsed >= Pause)
        {
            _sinceLast.Restart();
            _isShown = true;
            cmdlet.WriteProgress(
                new ProgressRecord(ProgressId, $"Testing the TLS of {server}", $"{value} handshakes begun"));
        }
    });

    /// <summary>Takes the bar away.</summary>
    public void Complete() => cmdlet.Post(() =>
    {
        if (_isShown)
        {
            cmdlet.WriteProgress(ProgressRecords.Done(ProgressId, $"Testing the TLS of {server}"));
        }
    });
}
