using System.Security.Cryptography;
using System.Text;
using MailAdmin.Interop.Composing;
using MailAdmin.Interop.Sending;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Storage;
using MailAdmin.Mime;
using MailAdmin.Mime.Dkim;

namespace MailAdmin.Interop.Dkim;

/// <summary>OpenDKIM takes our signatures, before and after a hop.</summary>
[Collection(nameof(PostfixServer))]
public sealed class DkimSignatureTests : IDisposable
{
    private const string Domain = "example.org";
    private const string Selector = "s1.test";

    private readonly PostfixServer _postfix;
    private readonly TestDirectory _directory = new("dkim");
    private readonly DkimKey _key;
    private readonly DkimSigner _signer;
    private readonly OpenDkim _verifier;

    public DkimSignatureTests(PostfixServer postfix)
    {
        _postfix = postfix;
        using var key = RSA.Create(2048);
        _key = DkimKey.FromPem(key.ExportPkcs8PrivateKeyPem());
        _signer = new DkimSigner(Domain, Selector, _key);
        _verifier = new OpenDkim(_directory, $"{Selector}._domainkey.{Domain}", key.ExportSubjectPublicKeyInfo());
    }

    public void Dispose()
    {
        _key.Dispose();
        _directory.Dispose();
    }

    [SkippableFact]
    public async Task Verify_for_messages_of_every_shape()
    {
        var shapes = SignedShapes.Drafts;
        var files = new List<string>();
        foreach (var (name, draft) in shapes)
        {
            files.Add(await WriteAsync(name, _signer.Sign(new MessageBuilder().Build(draft)), Written.Full));
            files.Add(
                await WriteAsync($"{name}-7bit", _signer.Sign(new MessageBuilder().Build(draft)), new(false, true)));
        }

        Assert.InRange(shapes.Count, 20, int.MaxValue);
        await AssertVerifiedAsync(files);
    }

    [SkippableFact]
    public async Task Verify_for_ready_messages()
    {
        var files = new List<string>();
        foreach (var (name, content) in SignedShapes.Ready)
        {
            await using var message = await EmlMessage.ReadAsync(new MemoryStream(content), new() { Reencode = true });
            files.Add(await WriteAsync(name, _signer.Sign(message), Written.Full));
            files.Add(await WriteAsync($"{name}-7bit", _signer.Sign(message), new(false, true)));
        }

        await AssertVerifiedAsync(files);
    }

    /// <summary>The verifier does look.</summary>
    [SkippableFact]
    public async Task Do_not_verify_for_what_was_changed()
    {
        var signed = _signer.Sign(new MessageBuilder().Build(SignedShapes.Drafts["text"]));
        var text = Encoding.UTF8.GetString(await Written.OctetsAsync(signed, Written.Full));
        var changes = new (string Name, string From, string To)[]
        {
            ("body", "One line.", "One lime."),
            ("subject", "Subject: Signed", "Subject: signed"),
            ("from", "From: Sender", "From: Somebody"),
            ("signature", "b=", "b=A"),
        };
        var files = changes
            .Select(change => (change.Name, Text: text.Replace(change.From, change.To, StringComparison.Ordinal)))
            .Select(changed => Save(changed.Name, Encoding.UTF8.GetBytes(changed.Text)))
            .ToList();

        var verdicts = await _verifier.VerifyAsync(files);

        Assert.All(verdicts, verdict => Assert.Contains("failed", verdict, StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Verify_after_a_hop()
    {
        _postfix.Require();
        var files = new List<string>();
        await using var client = new RecordingClient(Routes.To(_postfix, PostfixService.Plain));
        foreach (var (name, shape) in SignedShapes.Drafts)
        {
            var draft = shape with { MessageId = Drafts.NewId(name) };
            var message = new MessageBuilder().Build(draft);
            client.AssertSent(await client.SendAsync(_signer.Sign(message), message.ToEnvelope()));
            var stored = await _postfix.Store.WaitForAsync(draft.MessageId, message.ToEnvelope().Recipients.Count);
            files.Add(
                Save(name, [.. Encoding.UTF8.GetBytes($"Received: {stored.Received}\r\n"), .. stored.ReadContent()]));
        }

        await AssertVerifiedAsync(files);
    }

    private async Task AssertVerifiedAsync(List<string> files)
    {
        var verdicts = await _verifier.VerifyAsync(files);
        const string Good = $"verification (s={Selector}, d={Domain}, 2048-bit key) succeeded";
        Assert.All(verdicts.Zip(files), verdict => Assert.Contains(Good, verdict.First, StringComparison.Ordinal));
    }

    private async Task<string> WriteAsync(string name, IMessageWriter message, WireFormat format) =>
        Save(name, await Written.OctetsAsync(message, format));

    private string Save(string name, byte[] octets)
    {
        var path = Path.Combine(_directory.Path, name + ".eml");
        File.WriteAllBytes(path, octets);
        return path;
    }
}
