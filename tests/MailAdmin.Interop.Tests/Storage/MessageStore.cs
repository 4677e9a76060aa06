using System.Diagnostics;
using System.Text;

namespace MailAdmin.Interop.Storage;

/// <summary>The maildir into which a server delivers all that it accepts, whoever the recipient is.</summary>
public sealed class MessageStore
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);
    private const int HeadLength = 64 * 1024;

    private readonly string _directory;
    private readonly Func<string> _serverLog;

    /// <summary>Makes the maildir, writable for the user as whom the server delivers.</summary>
    public MessageStore(string directory, Func<string> serverLog)
    {
        _directory = directory;
        _serverLog = serverLog;
        foreach (var place in (string[])["", "new", "cur", "tmp"])
        {
            TestDirectory.CreateShared(Path.Combine(directory, place));
        }
    }

    /// <summary>The maildir.</summary>
    public string Directory => _directory;

    /// <summary>
    /// Waits until the message whose first 64 KiB hold <paramref name="mark"/> (its Message-ID) has come in for this
    /// many recipients. Copies that a server made for single recipients are put together.
    /// </summary>
    public async Task<StoredMessage> WaitForAsync(string mark, int recipients = 1)
    {
        var copies = await WaitForEachAsync(mark, recipients);
        Assert.True(
            copies.Select(copy => copy.Received).Distinct(StringComparer.Ordinal).Count() == 1,
            $"'{mark}' came in more than once.");
        return copies[0] with { Recipients = [.. copies.SelectMany(copy => copy.Recipients)] };
    }

    /// <summary>
    /// As <see cref="WaitForAsync"/>, for several messages with the same mark; the copies stay apart.
    /// </summary>
    public async Task<IReadOnlyList<StoredMessage>> WaitForEachAsync(string mark, int recipients)
    {
        var wanted = Encoding.UTF8.GetBytes(mark);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var copies = new List<StoredMessage>();
        var waiting = Stopwatch.StartNew();
        while (copies.Sum(copy => copy.Recipients.Count) < recipients)
        {
            Assert.True(
                waiting.Elapsed < Patience,
                $"Of {recipients} recipients {copies.Sum(c => c.Recipients.Count)} got '{mark}'.\n{_serverLog()}");
            copies.AddRange(NewFiles().Where(seen.Add).Where(f => Holds(f, wanted)).Select(StoredMessageReader.Read));
            await Task.Delay(Interval);
        }

        return copies;
    }

    private IEnumerable<string> NewFiles() => System.IO.Directory.EnumerateFiles(Path.Combine(_directory, "new"));

    private static bool Holds(string path, ReadOnlySpan<byte> mark)
    {
        var head = new byte[HeadLength];
        using var file = File.OpenRead(path);
        var length = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        return head.AsSpan(0, length).IndexOf(mark) >= 0;
    }
}
