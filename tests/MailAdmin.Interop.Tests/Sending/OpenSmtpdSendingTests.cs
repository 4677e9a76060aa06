using System.Text.RegularExpressions;
using MailAdmin.Addressing;
using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Servers;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>Our client with OpenSMTPD.</summary>
[Collection(nameof(OpenSmtpdServer))]
public sealed class OpenSmtpdSendingTests(OpenSmtpdServer opensmtpd)
    : SendingContract(opensmtpd, ServerAbilities.OpenSmtpd)
{
    /// <inheritdoc/>
    protected override Regex QueueId { get; } = new(@"(\w+) Message accepted");

    /// <inheritdoc/>
    protected override int PlainPort => opensmtpd.Port;

    /// <inheritdoc/>
    protected override bool JudgesSendersAtOnce => false;

    [SkippableTheory]
    [InlineData("sender@example.org", "søren@example.net")]
    [InlineData("jürgen@example.org", "to@example.net")]
    public async Task Refuses_addresses_that_the_server_cannot_take(string from, string to)
    {
        opensmtpd.Require();
        var draft = Drafts.New("utf8") with { From = Mailbox.Parse(from), To = [Mailbox.Parse(to)] };

        await using var client = new RecordingClient(PlainRoute);
        var report = await client.SendAsync(new MessageBuilder().Build(draft));

        Assert.Equal(DeliveryStatus.Failed, report.Status);
        Assert.IsType<SmtpUtf8NotOfferedException>(report.Error);
        Assert.DoesNotContain(client.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    /// <inheritdoc/>
    protected override int Port(MessageCase wanted) => opensmtpd.Port;
}
