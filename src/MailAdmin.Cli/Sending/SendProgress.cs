using MailAdmin.Cli.Parsing;

namespace MailAdmin.Cli.Sending;

/// <summary>Shows on a terminal how much of a large message has left; the line is wiped at the end.</summary>
internal sealed class SendProgress(CliHost host) : IProgress<long>, IDisposable
{
    // A message that leaves at once needs no progress.
    private const long WorthShowing = 1 << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly object _gate = new();
    private long _shownAt;
    private int _width;

    public void Report(long value)
    {
        lock (_gate)
        {
            if (value < WorthShowing || (_width > 0 && host.Time.GetElapsedTime(_shownAt) < Interval))
            {
                return;
            }

            Show($"{ByteCount.Show(value)} sent");
            _shownAt = host.Time.GetTimestamp();
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (_width > 0)
            {
                Show("");
                host.Error.Write('\r');
            }
        }
    }

    private void Show(string text)
    {
        host.Error.Write($"\r{text.PadRight(_width)}");
        _width = text.Length;
    }
}
