using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Addressing;
using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Composing;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Servers;
using MailAdmin.Interop.Storage;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>What our client has to achieve with every server: what lies on its disk is what was sent.</summary>
public abstract class SendingContract(MailServer server, ServerAbilities abilities)
{
    private const int InParallel = 4;

    // A message goes with BDAT if it fits one group with the commands before it (SmtpTransaction), of which none of the
    // cases has more than these.
    private const int LargestGroup = 4096;
    private const int LongestOpening = 512;

    /// <summary>The port for a case.</summary>
    protected abstract int Port(MessageCase wanted);

    /// <summary>The port that demands nothing.</summary>
    protected abstract int PlainPort { get; }

    /// <summary>Finds the id under which the server stores a message in its reply to that.</summary>
    protected abstract Regex QueueId { get; }

    /// <summary>True when the server says already at MAIL FROM that a sender is refused.</summary>
    protected virtual bool JudgesSendersAtOnce => true;

    /// <summary>Every two values of all features, judged by another program and octet by octet.</summary>
    [SkippableFact]
    public async Task Delivers_every_two_features_together()
    {
        server.Require();
        var cases = MessageCase.For(abilities);
        var stored = new StoredMessage[cases.Count];
        var compositions = cases.Select((wanted, i) => CaseComposer.Compose(wanted, Drafts.NewId($"case-{i}")))
            .ToArray();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = InParallel };
        await Parallel.ForAsync(0, cases.Count, parallel, async (i, _) =>
            stored[i] = await SendAsync(cases[i], compositions[i]));

        var read = await Judge.ReadAsync(stored);

        var differences = Enumerable.Range(0, cases.Count)
            .Select(i => (Case: cases[i], Difference: Difference(compositions[i], read[i])))
            .Where(found => found.Difference is not null)
            .Select(found => $"{found.Case}:\n{found.Difference}\n")
            .ToList();
        Assert.True(differences.Count == 0, string.Concat(differences));
    }

    /// <summary>Streamed from its file, on several thousand lines of base64 for each write.</summary>
    [SkippableFact]
    public async Task Delivers_an_attachment_of_100_megabytes()
    {
        server.Require();
        using var directory = new TestDirectory("large");
        var path = Path.Combine(directory.Path, "large.bin");
        var content = new byte[100 * 1024 * 1024];
        new Random(1).NextBytes(content);
        await File.WriteAllBytesAsync(path, content);
        var draft = Drafts.New("large") with { Attachments = [AttachmentSource.FromFile(path)] };

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        client.AssertSent(report);
        var read = await Judge.ReadAsync(await server.Store.WaitForAsync(draft.MessageId!));
        Understanding.AssertSame(new Composition(draft, [content], []), read);
    }

    /// <summary>In one transaction, all of them in the header too.</summary>
    [SkippableFact]
    public async Task Delivers_to_500_recipients()
    {
        server.Require();
        var to = Enumerable.Range(0, 500).Select(i => Mailbox.Parse($"Recipient {i} <r{i}@example{i % 7}.net>"))
            .ToArray();
        var draft = Drafts.New("recipients") with { To = to };

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        client.AssertSent(report);
        Assert.Single(client.Commands, command => command.StartsWith("MAIL FROM", StringComparison.Ordinal));
        var stored = await server.Store.WaitForAsync(draft.MessageId!, to.Length);
        Assert.Equal(Wire(to), stored.Recipients.Order());
        Understanding.AssertSame(draft, await Judge.ReadAsync(stored));
    }

    /// <summary>
    /// Many messages, handed over at once, go over one connection in their order, and each report is that of its own
    /// message: the id in the server's reply is the one in the trace of what was stored.
    /// </summary>
    [SkippableFact]
    public async Task Delivers_200_messages_over_one_connection()
    {
        server.Require();
        const int Count = 200;
        var mark = Guid.NewGuid().ToString("N");
        var drafts = Enumerable.Range(0, Count).Select(i => Drafts.New($"kept-{i}-{mark}") with
        {
            To = [Mailbox.Parse($"r{i}@example.net")],
            TextBody = string.Concat(Enumerable.Repeat($".{i}\r\n", i % 20 == 0 ? 10_000 : 10)),
        }).ToArray();

        await using var client = new RecordingClient(PlainRoute);
        var reports = await Task.WhenAll(drafts.Select(draft => client.SendAsync(new MessageBuilder().Build(draft))));
        await client.CloseAsync();

        Assert.All(reports, report => client.AssertSent(report));
        Assert.Equal(
            drafts.Select(draft => $"RCPT TO:<{draft.To[0].Address}>"),
            client.Commands.Where(command => command.StartsWith("RCPT", StringComparison.Ordinal)));
        Assert.Single(client.Commands, "EHLO client.example.test");
        Assert.Single(client.Commands, "QUIT");
        var stored = (await server.Store.WaitForEachAsync(mark, Count)).OrderBy(m => Number(m.Recipients[0])).ToArray();
        Assert.Equal(Count, stored.Length);
        Assert.All(stored, (message, i) => Assert.Contains(
            QueueId.Match(reports[i].Reply!.Text).Groups[1].Value, message.Received, StringComparison.Ordinal));
        Assert.All(await Judge.ReadAsync(stored), (message, i) => Understanding.AssertSame(drafts[i], message));

        static int Number(string address) => int.Parse(
            address[1..address.IndexOf('@', StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }

    /// <summary>A message that somebody else composed arrives as it is, Bcc apart.</summary>
    [SkippableFact]
    public async Task Delivers_a_ready_message_octet_for_octet()
    {
        server.Require();
        var id = Drafts.NewId("ready");
        var sent = Sample.Message(id);
        await using var message = await EmlMessage.ReadAsync(new MemoryStream(sent));

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(message, message.ToEnvelope());

        client.AssertSent(report);
        var stored = await server.Store.WaitForAsync(id, 2);
        Assert.Equal(["b@example.net", "hidden@example.com"], stored.Recipients.Order());
        Assert.Equal(
            Encoding.UTF8.GetString(sent).Replace("Bcc: hidden@example.com\r\n", "", StringComparison.Ordinal),
            Encoding.UTF8.GetString(stored.ReadContent()));
    }

    /// <summary>One refusal does not take the others along.</summary>
    [SkippableFact]
    public async Task Delivers_to_the_others_when_one_is_refused()
    {
        server.Require();
        var draft = Drafts.New("partly") with
        {
            To = Mailbox.ParseList("refused@example.net, good@example.net, fine@example.com"),
        };

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        Assert.Equal(DeliveryStatus.PartlySent, report.Status);
        Assert.Equal(
            [RecipientStatus.Refused, RecipientStatus.Accepted, RecipientStatus.Accepted],
            report.Recipients.Select(recipient => recipient.Status));
        Assert.InRange(report.Recipients[0].Reply!.Code, 550, 559);
        var stored = await server.Store.WaitForAsync(draft.MessageId!, 2);
        Assert.Equal(["fine@example.com", "good@example.net"], stored.Recipients.Order());
    }

    /// <summary>With one refusal nobody gets it, if that is asked for.</summary>
    [SkippableFact]
    public async Task Delivers_to_nobody_when_all_are_required()
    {
        server.Require();
        var draft = Drafts.New("required") with { To = Mailbox.ParseList("good@example.net, refused@example.net") };

        await using var client = new RecordingClient(PlainRoute with { RequireAllRecipients = true });
        var report = await client.SendAsync(new MessageBuilder().Build(draft));
        var next = await client.SendAsync(new MessageBuilder().Build(Drafts.New("after-required")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.IsType<RecipientsRefusedException>(report.Error);
        Assert.Equal(
            [RecipientStatus.NotTried, RecipientStatus.Refused],
            report.Recipients.Select(recipient => recipient.Status));
        client.AssertSent(next);
        Assert.Single(
            client.Commands, command => command == "DATA" || command.StartsWith("BDAT", StringComparison.Ordinal));
    }

    /// <summary>The server's own words about the sender come back; the session goes on.</summary>
    [SkippableFact]
    public async Task Tells_that_the_sender_is_refused()
    {
        server.Require();
        var draft = Drafts.New("denied") with { From = Mailbox.Parse("denied@example.org") };

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));
        var next = await client.SendAsync(new MessageBuilder().Build(Drafts.New("after-denied")));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.InRange(report.Reply!.Code, 550, 559);
        Assert.Equal(RecipientStatus.Refused, Assert.Single(report.Recipients).Status);
        client.AssertSent(next);
        if (JudgesSendersAtOnce)
        {
            Assert.Equal("5.7.60", report.Reply.Enhanced.ToString());
        }
    }

    /// <summary>The route to <see cref="PlainPort"/>.</summary>
    private protected SmtpRoute PlainRoute => Routes.To(server, PlainPort) with { Security = ConnectionSecurity.None };

    private async Task<StoredMessage> SendAsync(MessageCase wanted, Composition composition)
    {
        var message = new MessageBuilder().Build(composition.Draft);
        var envelope = message.ToEnvelope();
        await using var client = new RecordingClient(Routes.To(server, Port(wanted)).For(wanted));
        var report = await client.SendAsync(message, envelope);

        client.AssertSent(report);
        Assert.Equal(wanted.Security != SecurityKind.None, report.TlsProtocol is not null);
        Assert.Equal(
            wanted.Login != LoginKind.None, client.Commands.Any(c => c.StartsWith("AUTH ", StringComparison.Ordinal)));
        var isChunked = client.Commands.Any(c => c.StartsWith("BDAT ", StringComparison.Ordinal));
        Assert.False(isChunked && (!wanted.Chunking || report.Size > LargestGroup));
        Assert.True(isChunked || !wanted.Chunking || report.Size > LargestGroup - LongestOpening);
        var stored = await server.Store.WaitForAsync(message.MessageId, envelope.Recipients.Count);
        Assert.Equal(envelope.ReversePath!.ToWireString(), stored.Sender);
        Assert.Equal(
            envelope.Recipients.Select(recipient => recipient.Address.ToWireString()).Order(StringComparer.Ordinal),
            stored.Recipients.Order(StringComparer.Ordinal));
        var content = stored.ReadContent();
        var written = await Written.OctetsAsync(message, new WireFormat(true, abilities.Utf8));
        Assert.True(written.AsSpan().SequenceEqual(content), $"{wanted}\n{Head(written)}\n{Head(content)}");
        Assert.Equal(-1, content.AsSpan().IndexOf("hidden"u8));
        return stored;
    }

    private static string Head(byte[] octets) =>
        Encoding.UTF8.GetString(octets.AsSpan(0, Math.Min(octets.Length, 1000)));

    private static string? Difference(Composition meant, JudgedMessage read)
    {
        try
        {
            Understanding.AssertSame(meant, read);
            return null;
        }
        catch (Xunit.Sdk.XunitException e)
        {
            return e.Message;
        }
    }

    /// <summary>The addresses as they stand in an envelope, in order.</summary>
    private protected static IEnumerable<string> Wire(IEnumerable<Mailbox> mailboxes) =>
        mailboxes.Select(mailbox => mailbox.Address.ToWireString()).Order();
}
