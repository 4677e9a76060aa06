using System.Text;
using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

[Collection(nameof(ProcessMemory))]
public sealed class LogTests
{
    [Fact]
    public async Task Postfix_lines_tell_of_recipient_server_and_line() =>
        Assert.Equal(
            [
                ("RecipientUnknown", "nobody@fabrikam.com", "mx.fabrikam.com", false, 4),
                ("RelayAttributionFailed", "someone@gmail.com", "contoso-com.mail.protection.outlook.com", false, 5),
                ("Greylisted", "slow@example.net", "mx.example.net", true, 6),
                ("NextServerUnreachable", "x@example.org", null, true, 7),
                ("RelayDenied", "a@b.example", null, false, 8),
            ],
            (await ReadAsync("postfix.log")).Select(Row));

    [Fact]
    public async Task Exim_lines_tell_of_recipient_and_line() =>
        Assert.Equal(
            [
                ("RecipientUnknown", "nobody@fabrikam.com", "mx.fabrikam.com", false, 3),
                ("Greylisted", "slow@example.net", "mx.example.net", true, 4),
                ("RelayDenied", "a@b.example", null, false, 5),
            ],
            (await ReadAsync("exim.log")).Select(Row));

    [Fact]
    public async Task Lines_of_Exchanges_protocol_log_tell_of_the_server_and_are_joined() =>
        Assert.Equal(
            [
                ("RelayAttributionFailed", null, "52.101.73.4", false, 10),
                ("DmarcRejected", null, "142.250.27.26", false, 13),
            ],
            (await ReadAsync("exchange-send.log")).Select(Row));

    [Theory]
    [InlineData("postfix.log", 5)]
    [InlineData("exim.log", 3)]
    [InlineData("exchange-send.log", 2)]
    public void Some_lines_may_be_pasted(string file, int count) =>
        Assert.Equal(count, ErrorCatalog.Default.Explain(File.ReadAllText(PathOf(file)), "ja-JP").Count);

    [Fact]
    public async Task A_large_log_is_read_in_little_memory()
    {
        var lines = 0;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await foreach (var diagnosis in ErrorCatalog.Default.ExplainLogAsync(new EndlessLog(64 * 1024 * 1024), "en-US"))
        {
            lines++;
            Assert.Equal("RelayDenied", diagnosis.Id);
        }

        Assert.InRange(lines, 3, 10);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 8 * 1024 * 1024);
    }

    [Fact]
    public async Task Reading_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (
                var _ in ErrorCatalog.Default.ExplainLogAsync(new EndlessLog(1024 * 1024), "en-US", null, source.Token))
            {
            }
        });
    }

    private static (string, string?, string?, bool, int?) Row(SmtpDiagnosis d) =>
        (d.Id, d.Recipient, d.Server, d.IsTransient, d.LineNumber);

    private static string PathOf(string name) => Path.Combine(FixtureCase.Folder, "logs", name);

    private static async Task<List<SmtpDiagnosis>> ReadAsync(string name)
    {
        await using var file = File.OpenRead(PathOf(name));
        var found = new List<SmtpDiagnosis>();
        await foreach (var diagnosis in ErrorCatalog.Default.ExplainLogAsync(file, "en-US"))
        {
            found.Add(diagnosis);
        }

        return found;
    }

    /// <summary>
    /// Lines of many megabytes, a refusal at the end of each cut off by its length, and one refusal in between.
    /// </summary>
    private sealed class EndlessLog(long length) : Stream
    {
        private static readonly byte[] Refusal = Encoding.ASCII.GetBytes(
            "\nx said: 554 5.7.1 <a@b.example>: Relay access denied\n");
        private const long Period = 16 * 1024 * 1024;
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => length;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var n = (int)Math.Min(count, length - _position);
            for (var i = 0; i < n; i++, _position++)
            {
                var place = _position % Period;
                buffer[offset + i] = place < Refusal.Length ? Refusal[place] : (byte)'5';
            }

            return n;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
