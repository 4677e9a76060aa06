using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Diagnosis;

public sealed class DeliveryReportTests
{
    private static readonly SmtpReply Taken = new(250, null, ["ok"]);

    private static readonly SmtpReply Unknown = new(550, new EnhancedStatusCode(5, 1, 1), ["5.1.1 User unknown"]);

    [Fact]
    public void A_report_of_success_has_no_diagnosis() => Assert.Null(Report(DeliveryStatus.Sent, Taken).Diagnosis);

    [Fact]
    public void A_refusal_is_explained_by_its_reply() =>
        Assert.Equal("RecipientUnknown", Report(DeliveryStatus.Failed, Unknown).Diagnosis?.Id);

    [Fact]
    public void A_message_that_some_have_is_explained_by_the_first_refusal() =>
        Assert.Equal(
            "RecipientUnknown",
            (Report(DeliveryStatus.PartlySent, Taken) with
            {
                Recipients =
                [
                    new RecipientOutcome(EmailAddress.Parse("a@example.com"), RecipientStatus.Accepted, Taken),
                    new RecipientOutcome(EmailAddress.Parse("b@example.com"), RecipientStatus.Refused, Unknown),
                ],
            }).Diagnosis?.Id);

    [Fact]
    public void A_failure_without_a_reply_is_explained_by_its_name() =>
        Assert.Equal(
            "NoBanner",
            (Report(DeliveryStatus.Deferred, null) with
            {
                Error = new PeerTimeoutException("mail.example.com", "the greeting", TimeSpan.FromSeconds(1)),
            }).Diagnosis?.Id);

    private static DeliveryReport Report(DeliveryStatus status, SmtpReply? reply) => new()
    {
        Status = status, Method = "Smtp", Server = "mail.example.com:25", Recipients = [], Reply = reply,
    };
}
