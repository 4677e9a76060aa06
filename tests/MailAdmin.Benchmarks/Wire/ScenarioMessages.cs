using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Transports;

namespace MailAdmin.Benchmarks.Wire;

/// <summary>Composes messages of about a scenario's length: text, or a binary attachment where that is usual.</summary>
internal sealed class ScenarioMessages
{
    private const int HeaderOctets = 330;
    private const int LargestText = 100_000;
    private const int LineOctets = 78;
    private const int Base64LineContent = 57;

    private readonly MessageBuilder _builder = new();
    private readonly Mailbox _from = EmailAddress.Parse("reports@example.com");
    private readonly Mailbox[] _to;
    private readonly string _text;
    private readonly AttachmentSource[] _attachments = [];

    public ScenarioMessages(WireScenario scenario)
    {
        _to = Enumerable.Range(1, scenario.Recipients)
            .Select(i => (Mailbox)EmailAddress.Parse($"user{i}@example.net"))
            .ToArray();
        var lines = (scenario.Octets - HeaderOctets) / LineOctets;
        if (scenario.Octets <= LargestText)
        {
            _text = string.Concat(Enumerable.Repeat(new string('x', LineOctets - 2) + "\r\n", lines));
            return;
        }

        var octets = new byte[lines * Base64LineContent];
        new Random(1).NextBytes(octets);
        _text = "The report is attached.";
        _attachments = [AttachmentSource.FromMemory(octets, "report.pdf")];
    }

    public OutgoingMessage Compose()
    {
        var message = _builder.Build(new MessageDraft
        {
            From = _from,
            To = _to,
            Subject = "Nightly report",
            TextBody = _text,
            Attachments = _attachments,
        });
        return new OutgoingMessage(message, message.ToEnvelope());
    }
}
