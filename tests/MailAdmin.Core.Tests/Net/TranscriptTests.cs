using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class TranscriptTests
{
    private static readonly TimeSpan Patience = LoopbackPair.Patience;

    [Fact]
    public async Task Lines_written_in_pieces_are_recorded_whole()
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        pair.Client.Write("MAIL FROM:<"u8);
        pair.Client.Write("a@example.com"u8);
        pair.Client.Write(">\r\nRCPT TO:<b@example.com>\r\nDA"u8);
        pair.Client.Write("TA\r\n"u8);
        Assert.Equal(["> MAIL FROM:<a@example.com>", "> RCPT TO:<b@example.com>", "> DATA"], transcript.Lines);
    }

    [Theory]
    [InlineData("AUTH PLAIN AHVzZXIAc2VjcmV0cGFzcw==\r\n", 11, "> AUTH PLAIN ********")]
    [InlineData("c2VjcmV0cGFzcw==\r\n", 0, "> ********")]
    [InlineData("PASS x\r\n", 5, "> PASS ********")]
    public async Task Secrets_are_sent_but_masked(string line, int visible, string recorded)
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        pair.Client.WriteSecret(Encoding.ASCII.GetBytes(line), visible);
        await pair.Client.FlushAsync(Patience, default);
        var received = await pair.Server.ReadLineAsync(512, Patience, default);
        Assert.Equal(line.TrimEnd(), Encoding.ASCII.GetString(received.Span));
        Assert.Equal([recorded], transcript.Lines);
    }

    [Fact]
    public async Task A_server_that_echoes_the_command_reveals_nothing()
    {
        var transcript = new RecordedTranscript();
        await using var pair = await LoopbackPair.OpenAsync(transcript);
        pair.Client.Protect("secretpass"u8);
        pair.Client.WriteSecret("AUTH PLAIN AHVzZXIAc2VjcmV0cGFzcw==\r\n"u8, 11);
        pair.Server.Write(
            "500 unknown: AUTH PLAIN AHVzZXIAc2VjcmV0cGFz\r\n"u8
            + "500 cut: AHVzZXIAc2VjcmV0\r\n"u8
            + "500 plain: user/secretpass!\r\n"u8);
        await pair.Server.FlushAsync(Patience, default);
        for (var i = 0; i < 3; i++)
        {
            await pair.Client.ReadLineAsync(512, Patience, default);
        }

        Assert.Equal(
            [
                "> AUTH PLAIN ********", "< 500 unknown: AUTH PLAIN ********", "< 500 cut: ********",
                "< 500 plain: user/********!",
            ],
            transcript.Lines);
    }

    [Fact]
    public void No_form_of_a_secret_survives_anywhere_in_any_line()
    {
        const int Seed = 4616;
        var random = new Random(Seed);
        for (var i = 0; i < 3000; i++)
        {
            var secret = RandomOctets(random, random.Next(8, 40));
            var redactor = new SecretRedactor();
            redactor.AddSecret(secret);
            var before = RandomOctets(random, random.Next(0, 30));
            var after = RandomOctets(random, random.Next(0, 30));
            byte[] clear = [.. before, .. secret, .. after];
            var encoded = Encoding.ASCII.GetBytes(Convert.ToBase64String(clear));

            AssertHidden(secret, redactor.Redact(clear));
            var hidden = Encoding.ASCII.GetString(redactor.Redact(encoded));
            foreach (var form in Base64Forms(secret))
            {
                Assert.DoesNotContain(form, hidden, StringComparison.Ordinal);
            }

            Assert.Contains("********", hidden, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Masks_nothing_else()
    {
        var redactor = new SecretRedactor();
        Assert.Equal("250 ok"u8, redactor.Redact("250 ok"u8));
        redactor.AddSecret("secretpass"u8);
        redactor.AddSecret("abc"u8);
        redactor.AddSecret("pass1"u8);
        Assert.Equal("250 secretp abc"u8, redactor.Redact("250 secretp abc"u8));
        Assert.Equal("250 ******** abc"u8, redactor.Redact("250 secretpa abc"u8));
        Assert.Equal("235 x********y********"u8, redactor.Redact("235 xpass1ypass1"u8));
    }

    [Fact]
    public void Text_shows_control_characters_as_escapes_and_utf8_as_it_is()
    {
        var writer = new StringWriter();
        using var transcript = new TextTranscript(writer, time: new FixedTime());
        transcript.Received("250 ok \u001b[31m\u0000é\u202E"u8);
        transcript.Received([(byte)'x', 0xFF, (byte)'\r']);
        transcript.Sent("NOOP"u8);
        transcript.Note("TLS\r\nC: forged");
        Assert.Equal(
            [
                "2026-01-02T03:04:05.678Z S: 250 ok \\u{1B}[31m\\u{0}é\\u{202E}",
                "2026-01-02T03:04:05.678Z S: x\\xFF\\u{D}",
                "2026-01-02T03:04:05.678Z C: NOOP",
                "2026-01-02T03:04:05.678Z *: TLS\\u{D}\\u{A}C: forged",
            ],
            writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void The_server_marks_its_own_lines_with_s()
    {
        var writer = new StringWriter();
        using var transcript = new TextTranscript(writer, isServer: true);
        transcript.Sent("220 hello"u8);
        transcript.Received("EHLO x"u8);
        Assert.Contains("Z S: 220 hello", writer.ToString(), StringComparison.Ordinal);
        Assert.Contains("Z C: EHLO x", writer.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    public void A_file_is_appended_to_written_through_and_only_the_owners()
    {
        Skip.If(OperatingSystem.IsWindows(), "Windows has other permissions");
        var folder = Directory.CreateTempSubdirectory("mailadmin").FullName;
        try
        {
            var path = Path.Combine(folder, "t.log");
            File.WriteAllText(path, "earlier\n");
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
            using var transcript = TextTranscript.AppendTo(path);
            transcript.Sent("NOOP"u8);
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
            using var reading = new StreamReader(
                new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var text = reading.ReadToEnd();
            Assert.StartsWith("earlier\n", text, StringComparison.Ordinal);
            Assert.EndsWith("C: NOOP\n", text, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static byte[] RandomOctets(Random random, int length)
    {
        var octets = new byte[length];
        random.NextBytes(octets);
        return octets;
    }

    private static IEnumerable<string> Base64Forms(byte[] secret)
    {
        for (var before = 0; before < 3; before++)
        {
            // The characters that depend on the secret alone, in this alignment.
            var encoded = Convert.ToBase64String([.. new byte[before], .. secret]);
            var first = ((before * 8) + 5) / 6;
            yield return encoded[first..((before + secret.Length) * 8 / 6)];
        }
    }

    private static void AssertHidden(byte[] secret, ReadOnlySpan<byte> line)
    {
        for (var i = 0; i + 8 <= secret.Length; i++)
        {
            Assert.Equal(-1, line.IndexOf(secret.AsSpan(i, 8)));
        }
    }

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero);
    }
}
