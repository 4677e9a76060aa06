using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Tests;

public sealed class ExitCodesTests
{
    [Theory]
    [InlineData(MailErrorKind.InvalidInput, 65)]
    [InlineData(MailErrorKind.NotFound, 66)]
    [InlineData(MailErrorKind.Connection, 69)]
    [InlineData(MailErrorKind.Tls, 78)]
    [InlineData(MailErrorKind.Authentication, 77)]
    [InlineData(MailErrorKind.Protocol, 76)]
    [InlineData(MailErrorKind.Rejected, 69)]
    [InlineData(MailErrorKind.Limit, 69)]
    [InlineData(MailErrorKind.Timeout, 75)]
    [InlineData(MailErrorKind.NotSupported, 69)]
    public void Each_kind_of_failure_has_its_code(MailErrorKind kind, int code) =>
        Assert.Equal((ExitCode)code, ExitCodes.Of(new MessageException("Some", kind, "Some failure.")));

    [Fact]
    public void Every_kind_is_mapped() =>
        Assert.DoesNotContain(
            Enum.GetValues<MailErrorKind>(),
            kind => ExitCodes.Of(new MessageException("Some", kind, "Some failure.")) == ExitCode.Software);

    [Fact]
    public void What_may_succeed_later_is_a_temporary_failure() =>
        Assert.Equal(
            ExitCode.TemporaryFailure,
            ExitCodes.Of(new SmtpCommandException(SmtpStage.MailFrom, Reply("451 4.7.1 Greylisted"))));

    [Fact]
    public void Other_exceptions_are_told_apart()
    {
        Assert.Equal(ExitCode.InputOutput, ExitCodes.Of(new IOException("The disk is full.")));
        Assert.Equal(ExitCode.Interrupted, ExitCodes.Of(new OperationCanceledException()));
        Assert.Equal(ExitCode.Software, ExitCodes.Of(new InvalidOperationException("A defect.")));
    }

    [Theory]
    [InlineData("550 5.1.1 No such user", 67)]
    [InlineData("553 5.1.3 Bad address", 67)]
    [InlineData("550 no such user", 67)]
    [InlineData("550 5.7.1 Relaying denied", 69)]
    [InlineData("554 blocked", 69)]
    [InlineData("452 4.2.2 Mailbox full", 75)]
    public void A_refused_recipient_decides_by_its_reply(string reply, int code) =>
        Assert.Equal((ExitCode)code, ExitCodes.Of(Report(Outcome("250 2.1.5 Ok"), Outcome(reply))));

    [Fact]
    public void Of_several_recipients_the_unknown_one_decides() =>
        Assert.Equal(
            ExitCode.NoUser,
            ExitCodes.Of(Report(Outcome("452 4.2.2 Full"), Outcome("550 5.1.1 Unknown"), Outcome("550 5.7.1 Denied"))));

    private static DeliveryReport Report(params RecipientOutcome[] outcomes) => new()
    {
        Status = DeliveryStatus.PartlySent, Method = "Smtp", Server = "mail.example.com:25", Recipients = outcomes,
    };

    private static RecipientOutcome Outcome(string text)
    {
        var reply = Reply(text);
        var status = reply.IsPositive ? RecipientStatus.Accepted
            : reply.IsTransientFailure ? RecipientStatus.Deferred : RecipientStatus.Refused;
        return new RecipientOutcome(EmailAddress.Parse("user@example.com"), status, reply);
    }

    private static SmtpReply Reply(string text) => new(
        int.Parse(text[..3], System.Globalization.CultureInfo.InvariantCulture),
        EnhancedStatusCode.TryReadPrefix(text.AsSpan(4), out var enhanced) ? enhanced : null,
        [text[4..]]);
}
