using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class LineReaderTests
{
    private const string Dialogue =
        "220 mail.example ESMTP ready\r\n"
        + "250-mail.example\r\n250-SIZE 35882577\r\n250-AUTH LOGIN PLAIN\r\n250 8BITMIME\r\n"
        + "250 2.1.0 Ok\n\r\n\n354 End data with <CR><LF>.<CR><LF>\r\nfoo\rbar\r\r\n550 5.7.1 n\u00EF\u0000t\r\n";

    private static readonly string[] Lines =
    [
        "220 mail.example ESMTP ready", "250-mail.example", "250-SIZE 35882577", "250-AUTH LOGIN PLAIN", "250 8BITMIME",
        "250 2.1.0 Ok", "", "", "354 End data with <CR><LF>.<CR><LF>", "foo\rbar\r", "550 5.7.1 n\u00EF\u0000t",
    ];

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Finds_the_same_lines_however_they_arrive(int piece) =>
        Assert.Equal(Lines, Read(Encoding.Latin1.GetBytes(Dialogue), 512, _ => piece));

    [Fact]
    public void Finds_the_same_lines_when_each_arrives_alone()
    {
        using var reader = new LineReader();
        var found = new List<string>();
        foreach (var line in Lines)
        {
            Feed(reader, Encoding.Latin1.GetBytes(line + "\r\n"));
            Assert.True(reader.TryReadLine(512, out var read));
            found.Add(Encoding.Latin1.GetString(read.Span));
            Assert.False(reader.TryReadLine(512, out _));
        }

        Assert.Equal(Lines, found);
    }

    [Fact]
    public void Reports_a_line_that_ends_in_lf_alone()
    {
        using var reader = new LineReader();
        Feed(reader, "a\r\nb\nc\r\n"u8);
        Assert.True(reader.TryReadLine(9, out _));
        Assert.False(reader.EndedInBareLf);
        Assert.True(reader.TryReadLine(9, out _));
        Assert.True(reader.EndedInBareLf);
        Assert.True(reader.TryReadLine(9, out _));
        Assert.False(reader.EndedInBareLf);
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(1)]
    [InlineData(3)]
    public void A_line_of_exactly_the_limit_passes_and_a_longer_one_is_refused_once(int piece)
    {
        var text =
            $"{new string('a', 10)}\r\n{new string('b', 11)}\r\n{new string('c', 40)}\r\nd\r\n{new string('e', 10)}\n";
        Assert.Equal(
            [new string('a', 10), "!", "!", "d", new string('e', 10)],
            Read(Encoding.ASCII.GetBytes(text), 10, _ => piece));
    }

    [Fact]
    public void The_limit_bounds_the_memory()
    {
        using var reader = new LineReader();
        var flood = new byte[4096];
        flood.AsSpan().Fill((byte)'x');
        var refused = 0;
        var largest = 0;
        for (var i = 0; i < 10_000; i++)
        {
            Feed(reader, flood);
            largest = Math.Max(largest, reader.Buffered + reader.GetMemory().Length);
            try
            {
                Assert.False(reader.TryReadLine(10_000, out _));
            }
            catch (LineTooLongException e)
            {
                Assert.Equal(10_000, e.Limit);
                refused++;
            }
        }

        Assert.Equal(1, refused);
        Assert.InRange(largest, 1, 64 * 1024);
    }

    [Fact]
    public void Takes_content_between_lines()
    {
        using var reader = new LineReader();
        Feed(reader, "BDAT 5\r\na\nb\r\nNOOP\r\n"u8);
        Assert.True(reader.TryReadLine(512, out _));
        Assert.Equal("a\nb\r\n"u8, reader.Take(5).Span);
        Assert.True(reader.TryReadLine(512, out var line));
        Assert.Equal("NOOP"u8, line.Span);
        Assert.Equal(0, reader.Take(5).Length);
    }

    [Fact]
    public void A_hundred_thousand_mutations_read_the_same_in_any_pieces()
    {
        const int Seed = 5321;
        var random = new Random(Seed);
        var original = Encoding.Latin1.GetBytes(Dialogue);
        foreach (var mutated in Mutations.Of([original], 100_000, Seed))
        {
            var limit = random.Next(1, 60);
            var whole = Read(mutated, limit, _ => int.MaxValue);
            Assert.Equal(Expected(mutated, limit), whole);
            Assert.Equal(whole, Read(mutated, limit, _ => random.Next(1, 20)));
        }
    }

    /// <summary>The definition, as plainly as it can be said.</summary>
    private static List<string> Expected(byte[] octets, int limit)
    {
        var parts = Encoding.Latin1.GetString(octets).Split('\n');
        var lines = parts[..^1].Select(p => p.EndsWith('\r') ? p[..^1] : p).Select(l => l.Length > limit ? "!" : l)
            .ToList();

        // What is unfinished is refused as soon as no ending could save it.
        var rest = parts[^1];
        if (rest.Length > limit && !(rest.Length == limit + 1 && rest.EndsWith('\r')))
        {
            lines.Add("!");
        }

        return lines;
    }

    private static List<string> Read(byte[] octets, int limit, Func<int, int> piece)
    {
        using var reader = new LineReader();
        var found = new List<string>();
        for (var at = 0; at < octets.Length;)
        {
            var count = Math.Min(piece(at), octets.Length - at);
            Feed(reader, octets.AsSpan(at, count));
            at += count;
            while (TryRead(reader, limit) is { } line)
            {
                found.Add(line);
            }
        }

        return found;
    }

    private static string? TryRead(LineReader reader, int limit)
    {
        try
        {
            return reader.TryReadLine(limit, out var line) ? Encoding.Latin1.GetString(line.Span) : null;
        }
        catch (LineTooLongException)
        {
            return "!";
        }
    }

    private static void Feed(LineReader reader, ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty)
        {
            var room = reader.GetMemory().Span;
            var count = Math.Min(room.Length, octets.Length);
            octets[..count].CopyTo(room);
            reader.Advance(count);
            octets = octets[count..];
        }
    }
}
