using MailAdmin.Addressing;
using MailAdmin.Smtp;
using MailAdmin.Throttling;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Throttling;

public sealed class ThrottlePermitTests
{
    [Theory]
    [InlineData(null, RecipientStatus.NotTried, false)]
    [InlineData(SmtpStage.Connect, RecipientStatus.NotTried, false)]
    [InlineData(SmtpStage.Auth, RecipientStatus.NotTried, false)]
    [InlineData(SmtpStage.MailFrom, RecipientStatus.NotTried, true)]
    [InlineData(SmtpStage.EndOfData, RecipientStatus.Accepted, true)]
    [InlineData(SmtpStage.Connect, RecipientStatus.Accepted, true)]
    [InlineData(SmtpStage.Connect, RecipientStatus.Deferred, true)]
    public async Task Only_what_the_server_never_heard_of_is_given_back(
        SmtpStage? stage, RecipientStatus recipient, bool isUsed)
    {
        bool? settled = null;
        var permit = new ThrottlePermit((used, _) =>
        {
            settled = used;
            return Task.CompletedTask;
        });

        await permit.SettleAsync(Report(stage, recipient), CancellationToken.None);

        Assert.Equal(isUsed, settled);
    }

    private static DeliveryReport Report(SmtpStage? stage, RecipientStatus recipient) => new()
    {
        Status = DeliveryStatus.Failed,
        Method = "Smtp",
        Server = "mail.example.com:25",
        Stage = stage,
        Recipients = [new RecipientOutcome(EmailAddress.Parse("anna@example.com"), recipient, null)],
    };
}
