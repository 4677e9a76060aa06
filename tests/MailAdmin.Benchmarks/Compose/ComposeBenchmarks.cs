using BenchmarkDotNet.Attributes;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Benchmarks.Compose;

/// <summary>Composing and writing, without a network.</summary>
[InProcess]
[MemoryDiagnoser]
public class ComposeBenchmarks
{
    private const int AttachmentOctets = 1_000_000;

    private readonly MessageBuilder _builder = new();
    private readonly Mailbox _from = new("Reports", EmailAddress.Parse("reports@example.com"));
    private readonly Mailbox _to = new("Operators", EmailAddress.Parse("operators@example.net"));
    private readonly string _text = string.Concat(
        Enumerable.Repeat("All is well tonight, nothing to do for anyone.\r\n", 16));
    private string _path = "";

    [GlobalSetup]
    public void MakeFile()
    {
        _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var octets = new byte[AttachmentOctets];
        new Random(1).NextBytes(octets);
        File.WriteAllBytes(_path, octets);
    }

    [GlobalCleanup]
    public void DeleteFile() => File.Delete(_path);

    [Benchmark]
    public Task SmallText() => WriteAsync(new MessageDraft
    {
        From = _from,
        To = [_to],
        Subject = "Nightly report",
        TextBody = _text,
    });

    [Benchmark]
    public Task AlternativeWithInlineImageAndAttachment() => WriteAsync(new MessageDraft
    {
        From = _from,
        To = [_to],
        Subject = "Nightly report",
        TextBody = _text,
        HtmlBody = $"<html><body><p>{_text}</p><img src=\"cid:logo\"></body></html>",
        InlineAttachments = [new InlineAttachment("logo", AttachmentSource.FromMemory(new byte[4_000], "logo.png"))],
        Attachments = [AttachmentSource.FromFile(_path, "report.pdf")],
    });

    private async Task WriteAsync(MessageDraft draft)
    {
        var format = new WireFormat(EightBit: true, Utf8Headers: false);
        await using var prepared = await _builder.Build(draft).PrepareAsync(format, default);
        await prepared.WriteToAsync(Stream.Null, default);
    }
}
