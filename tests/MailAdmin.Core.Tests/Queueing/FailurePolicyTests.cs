using MailAdmin.Addressing;
using MailAdmin.Identity.Secrets;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.Queueing.Failures;
using MailAdmin.Smtp;
using MailAdmin.Storage;
using MailAdmin.Transports;
using MailAdmin.Transports.Graph;

namespace MailAdmin.Tests.Queueing;

public sealed class FailurePolicyTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);
    private static readonly DestinationState Well = new("mail.example.com:25");
    private static readonly FailurePolicyOptions Exact = new() { Jitter = 0 };
    private static readonly SmtpReply Ok = Reply(250, "2.0.0 Ok");

    private readonly FailurePolicy _policy = new(Exact, new Random(1));

    [Fact]
    public void What_everybody_has_is_done()
    {
        var verdict = Judge(
            Item("a", "b"),
            Report(null, ("a", RecipientStatus.Accepted, Ok), ("b", RecipientStatus.Accepted, Ok)));

        Assert.Equal(
            (FailureScope.None, QueueItemState.Sent, null),
            (verdict.Scope, verdict.NextState, verdict.NextAttemptAt));
        Assert.Null(verdict.Destination);
    }

    [Fact]
    public void Each_recipient_has_its_own_outcome()
    {
        var verdict = Judge(
            Item("a", "b", "c"),
            Report(
                null,
                ("a", RecipientStatus.Accepted, Ok),
                ("b", RecipientStatus.Deferred, Reply(450, "4.2.0 Greylisted")),
                ("c", RecipientStatus.Refused, Reply(550, "5.1.1 Unknown"))));

        Assert.Equal(QueueItemState.Waiting, verdict.NextState);
        Assert.Equal(Now.AddMinutes(1), verdict.NextAttemptAt);
        Assert.Equal(
            [RecipientStatus.Accepted, RecipientStatus.Deferred, RecipientStatus.Refused],
            verdict.Outcomes.Select(o => o.Status));
    }

    [Fact]
    public void Outcomes_of_earlier_attempts_count()
    {
        var item = Item("a", "b");
        var accepted = item.Recipients[0] with { Status = RecipientStatus.Accepted };
        item = item with { Recipients = [accepted, item.Recipients[1]] };

        var verdict = Judge(item, Report(null, ("b", RecipientStatus.Refused, Reply(550, "5.1.1 Unknown"))));

        Assert.Equal(QueueItemState.PartlySent, verdict.NextState);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 2)]
    [InlineData(4, 16)]
    [InlineData(6, 60)]
    [InlineData(1000, 60)]
    public void Items_wait_twice_as_long_each_time_up_to_an_hour(int attempts, int minutes)
    {
        var verdict = Judge(Item("a") with { Attempts = attempts }, Later());

        Assert.Equal(Now.AddMinutes(minutes), verdict.NextAttemptAt);
    }

    [Fact]
    public void Jitter_spreads_the_waits_around_their_length()
    {
        var policy = new FailurePolicy(new FailurePolicyOptions(), new Random(2));
        var waits = Enumerable.Range(0, 200)
            .Select(_ => policy.Judge(Item("a"), Later(), Well, Now))
            .Select(verdict => (verdict.NextAttemptAt - Now)!.Value.TotalSeconds)
            .ToArray();

        Assert.All(waits, wait => Assert.InRange(wait, 45, 75));
        Assert.True(waits.Distinct().Count() > 100);
        Assert.InRange(waits.Average(), 57, 63);
    }

    [Fact]
    public void A_message_that_the_server_refuses_for_good_fails()
    {
        var error = new SmtpCommandException(SmtpStage.EndOfData, Reply(554, "5.6.0 Content rejected"));
        var verdict = Judge(Item("a"), Report(error, ("a", RecipientStatus.Refused, error.Reply)));

        Assert.Equal((FailureScope.Message, QueueItemState.Failed), (verdict.Scope, verdict.NextState));
        Assert.Null(verdict.Destination);
    }

    [Fact]
    public void A_message_that_cannot_go_through_the_server_fails_without_holding_others()
    {
        var verdict = Judge(
            Item("a"), Report(new MessageTooLargeException(20, 10), ("a", RecipientStatus.NotTried, null)));

        Assert.Equal((FailureScope.Message, QueueItemState.Failed), (verdict.Scope, verdict.NextState));
        Assert.Equal(RecipientStatus.Refused, verdict.Outcomes[0].Status);
        Assert.Null(verdict.Destination);
    }

    [Fact]
    public void Content_that_cannot_be_read_fails_the_message()
    {
        var failure = new MessageException("MessageFileUnreadable", MailErrorKind.NotFound, "Gone.", "Look.");

        Assert.Equal(QueueItemState.Failed, _policy.Judge(Item("a"), failure, Well, Now).NextState);
    }

    public static TheoryData<MailException, FailureScope, double> Destinations() => new()
    {
        { Unreachable(), FailureScope.Destination, 0.5 },
        { new SmtpCommandException(SmtpStage.Greeting, Reply(554, "5.3.2 No service")), FailureScope.Destination, 0.5 },
        { new SmtpCommandException(SmtpStage.Ehlo, Reply(550, "5.7.1 Not you")), FailureScope.Destination, 0.5 },
        { new SmtpCommandException(SmtpStage.MailFrom, Reply(421, "4.3.2 Closing")), FailureScope.Destination, 0.5 },
        { new StartTlsNotOfferedException("mail.example.com"), FailureScope.Destination, 0.5 },
        { new AuthenticationFailedException("PLAIN", Reply(535, "5.7.8 Bad password")), FailureScope.Login, 15 },
        { new PlaintextCredentialException("mail.example.com"), FailureScope.Login, 15 },
        { SecretException.FromElsewhere(new SecretLabel("the password", "Set-X")), FailureScope.Login, 15 },
        {
            new SmtpCommandException(SmtpStage.EndOfData, Reply(550, "5.7.233 The tenant exceeded its daily limit")),
            FailureScope.Quota,
            15
        },
        { Graph("GraphThrottled", MailErrorKind.Limit, canPass: true), FailureScope.Quota, 15 },
        { Graph("GraphAccessDenied", MailErrorKind.Permission), FailureScope.Login, 15 },
        { Graph("GraphTokenRefused", MailErrorKind.Authentication), FailureScope.Login, 15 },
        { Graph("GraphUnavailable", MailErrorKind.Rejected, canPass: true), FailureScope.Destination, 0.5 },
    };

    [Fact]
    public void A_message_that_Graph_refuses_fails_without_holding_others()
    {
        var refusal = new GraphException("GraphMessageTooLarge", MailErrorKind.Limit, "Too large.", "Send less.")
        {
            ConcernsMessage = true,
        };
        var verdict = Judge(Item("a"), Report(refusal, ("a", RecipientStatus.Refused, null)));

        Assert.Equal((FailureScope.Message, QueueItemState.Failed), (verdict.Scope, verdict.NextState));
        Assert.Null(verdict.Destination);
    }

    [Theory]
    [MemberData(nameof(Destinations))]
    public void What_is_wrong_with_the_way_holds_its_mail_and_fails_none(
        MailException error, FailureScope scope, double minutes)
    {
        var reply = (error as SmtpException)?.Reply;
        var status = reply is { IsPermanentFailure: true } ? RecipientStatus.Refused : RecipientStatus.NotTried;
        var report = Report(error, ("a", scope == FailureScope.Quota ? status : RecipientStatus.NotTried, reply));
        var verdict = Judge(Item("a"), report);

        Assert.Equal((scope, QueueItemState.Waiting), (verdict.Scope, verdict.NextState));
        Assert.Equal(Now.AddMinutes(minutes), verdict.NextAttemptAt);
        Assert.Equal(
            new DestinationState(Well.Destination, 1, Now.AddMinutes(minutes), error.Message), verdict.Destination);
    }

    [Fact]
    public void A_destination_waits_twice_as_long_each_time_up_to_an_hour()
    {
        var state = Well;
        var now = Now;
        var waits = new List<double>();
        for (var i = 0; i < 10; i++)
        {
            state = _policy.Judge(Item("a") with { ExpiresAt = Now.AddDays(9) }, NoSession(), state, now).Destination!;
            waits.Add((state.NotBefore - now)!.Value.TotalMinutes);
            now = state.NotBefore!.Value;
        }

        Assert.Equal([0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60], waits);
    }

    [Fact]
    public void Attempts_that_fail_together_count_as_one_failure()
    {
        var closed = new DestinationState(Well.Destination, 1, Now.AddSeconds(20), "down");
        var verdict = _policy.Judge(Item("a"), NoSession(), closed, Now);

        Assert.Equal(closed, verdict.Destination);
        Assert.Equal(closed.NotBefore, verdict.NextAttemptAt);
    }

    [Fact]
    public void A_destination_that_takes_mail_again_is_well()
    {
        var ill = new DestinationState(Well.Destination, 7, Now.AddMinutes(-1), "down");

        var taken = Report(null, ("a", RecipientStatus.Accepted, Ok));

        Assert.Equal(Well, _policy.Judge(Item("a"), taken, ill, Now).Destination);
    }

    [Fact]
    public void A_message_that_kills_its_session_holds_no_other()
    {
        var lost = new ConnectionLostException("mail.example.com:25", "the end of the message", "reset");
        var verdict = Judge(
            Item("a"), Report(lost, ("a", RecipientStatus.Deferred, null)) with { Stage = SmtpStage.Content });

        Assert.Equal((FailureScope.Session, QueueItemState.Waiting), (verdict.Scope, verdict.NextState));
        Assert.Null(verdict.Destination);
        Assert.Equal(Now.AddMinutes(1), verdict.NextAttemptAt);
    }

    [Theory]
    [InlineData(UnknownOutcome.SendAgain, QueueItemState.Waiting, 5.0)]
    [InlineData(UnknownOutcome.GiveUp, QueueItemState.Failed, null)]
    public void A_lost_reply_follows_what_is_set(UnknownOutcome set, QueueItemState state, double? minutes)
    {
        var policy = new FailurePolicy(Exact with { UnknownOutcome = set }, new Random(1));
        var error = new OutcomeUnknownException(
            new ConnectionLostException("mail.example.com:25", "the end of the message", "reset"));
        var verdict = policy.Judge(Item("a"), Report(error, ("a", RecipientStatus.Deferred, null)), Well, Now);

        Assert.Equal(state, verdict.NextState);
        Assert.Equal(minutes, (verdict.NextAttemptAt - Now)?.TotalMinutes);
        Assert.Equal(state, policy.JudgeCut(Item("a"), Well, Now).NextState);
    }

    [Fact]
    public void Nothing_waits_beyond_the_end_of_its_time()
    {
        var item = Item("a") with { ExpiresAt = Now.AddSeconds(10), Attempts = 5 };
        var verdict = Judge(item, NoSession());

        Assert.Equal(item.ExpiresAt, verdict.NextAttemptAt);
        Assert.Equal(QueueItemState.Expired, _policy.JudgeExpiry(item, item.ExpiresAt)!.NextState);
        Assert.Null(_policy.JudgeExpiry(item, Now));
    }

    [Fact]
    public void An_item_whose_time_is_over_gets_one_attempt()
    {
        var item = Item("a") with { ExpiresAt = Now };

        Assert.Null(_policy.JudgeExpiry(item, Now));
        Assert.Equal(QueueItemState.Expired, Judge(item, NoSession()).NextState);
    }

    [Fact]
    public void The_recipients_own_quota_holds_nobody_else()
    {
        var reply = Reply(554, "5.2.121 Recipient's per hour message receive limit exceeded");
        var verdict = Judge(
            Item("a", "b"), Report(null, ("a", RecipientStatus.Refused, reply), ("b", RecipientStatus.Accepted, Ok)));

        Assert.Equal((FailureScope.Recipient, QueueItemState.Waiting), (verdict.Scope, verdict.NextState));
        Assert.Equal(RecipientStatus.Deferred, verdict.Outcomes[0].Status);
    }

    private static GraphException Graph(string errorId, MailErrorKind kind, bool canPass = false) =>
        new(errorId, kind, "Graph says no.", "Do something.") { CanPass = canPass };

    private static ConnectException Unreachable() => new(
        "SmtpConnectFailed", "mail.example.com:25 cannot be reached.", "Check it.", isTransient: true);

    private static SmtpReply Reply(int code, string text) => new(
        code, EnhancedStatusCode.TryReadPrefix(text, out var enhanced) ? enhanced : null, [text]);

    private static EmailAddress Address(string name) => EmailAddress.Parse($"{name}@example.com");

    private static QueueItem Item(params string[] recipients) => new()
    {
        Id = 1,
        State = QueueItemState.Sending,
        Priority = QueuePriority.Normal,
        Recipients = [.. recipients.Select(name => new QueueRecipient(Address(name)))],
        Size = 1,
        Destination = Well.Destination,
        RouteId = 1,
        QueuedAt = Now.AddHours(-1),
        ExpiresAt = Now.AddHours(47),
    };

    private static DeliveryReport Report(
        MailException? error, params (string Name, RecipientStatus Status, SmtpReply? Reply)[] recipients) => new()
    {
        Status = DeliveryStatus.Deferred,
        Method = "Smtp",
        Server = "mail.example.com:25",
        Stage = (error as SmtpException)?.Stage ?? SmtpStage.Connect,
        Error = error,
        Recipients = [.. recipients.Select(r => new RecipientOutcome(Address(r.Name), r.Status, r.Reply))],
    };

    private static DeliveryReport NoSession() => Report(Unreachable(), ("a", RecipientStatus.NotTried, null));

    private static DeliveryReport Later() =>
        Report(null, ("a", RecipientStatus.Deferred, Reply(451, "4.3.0 Later")));

    private AttemptVerdict Judge(QueueItem item, DeliveryReport report) => _policy.Judge(item, report, Well, Now);
}
