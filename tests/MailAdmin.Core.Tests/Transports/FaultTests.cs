using System.Security.Cryptography.X509Certificates;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

/// <summary>
/// Every step of a session meets every fault. The scripted server fails a test when the client leaves its connection
/// open, says anything that the script does not have, or connects once too often.
/// </summary>
public sealed class FaultTests : TransportTests
{
    private static readonly X509Certificate2 Root = TestCertificates.CreateRoot();
    private static readonly X509Certificate2 Certificate = TestCertificates.Issue(Root, ["127.0.0.1"]);

    private static readonly (SmtpStage Stage, string Client, string Server)[] Session =
    [
        (SmtpStage.Greeting, "", "S: 220 ready"),
        (SmtpStage.Ehlo, "C: EHLO *", "S: 250-mail.example.com\nS: 250 STARTTLS"),
        (SmtpStage.StartTls, "C: STARTTLS", "S: 220 go"),
        (SmtpStage.Tls, "", "tls\nC: EHLO *\nS: 250-mail.example.com\nS: 250 AUTH PLAIN"),
        (SmtpStage.Auth, "C: AUTH PLAIN *", "S: 235 welcome"),
        (SmtpStage.MailFrom, "C: MAIL FROM:*", "S: 250 ok"),
        (SmtpStage.RcptTo, "C: RCPT TO:*", "S: 250 ok"),
        (SmtpStage.Data, "C: DATA", "S: 354 go"),
        (SmtpStage.EndOfData, "C...", "S: 250 queued"),
        (SmtpStage.Quit, "C: QUIT", "S: 221 bye"),
    ];

    public static TheoryData<SmtpStage, string, Type?, DeliveryStatus> Cases()
    {
        var cases = new TheoryData<SmtpStage, string, Type?, DeliveryStatus>();
        foreach (var (stage, _, _) in Session)
        {
            var (drop, stall, refusal, garbage) = stage switch
            {
                SmtpStage.Tls => (
                    typeof(TlsFailedException), typeof(PeerTimeoutException), null, typeof(TlsFailedException)),
                SmtpStage.Auth => (
                    typeof(ConnectionLostException),
                    typeof(PeerTimeoutException),
                    typeof(AuthenticationFailedException),
                    typeof(SmtpProtocolException)),
                SmtpStage.RcptTo => (
                    typeof(ConnectionLostException),
                    typeof(PeerTimeoutException),
                    typeof(RecipientsRefusedException),
                    typeof(SmtpProtocolException)),
                SmtpStage.EndOfData => (
                    typeof(OutcomeUnknownException),
                    typeof(OutcomeUnknownException),
                    typeof(SmtpCommandException),
                    typeof(OutcomeUnknownException)),
                _ => (
                    typeof(ConnectionLostException),
                    typeof(PeerTimeoutException),
                    typeof(SmtpCommandException),
                    typeof(SmtpProtocolException)),
            };
            Add("drop", drop, stage == SmtpStage.Tls ? DeliveryStatus.Failed : DeliveryStatus.Deferred);
            Add("stall", stall, DeliveryStatus.Deferred);
            Add("garbage", garbage, stage == SmtpStage.EndOfData ? DeliveryStatus.Deferred : DeliveryStatus.Failed);
            if (stage != SmtpStage.Tls)
            {
                Add("451 4.3.0 fault", refusal, DeliveryStatus.Deferred);
                Add("554 5.3.0 fault", refusal, DeliveryStatus.Failed);
            }

            void Add(string fault, Type? error, DeliveryStatus status) => cases.Add(
                stage,
                fault,
                stage == SmtpStage.Quit ? null : error,
                stage == SmtpStage.Quit ? DeliveryStatus.Sent : status);
        }

        return cases;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Ends_as_it_should(SmtpStage stage, string fault, Type? error, DeliveryStatus status)
    {
        var script = Script(stage, fault);

        // What was not sent yet is tried once more over another connection.
        var isRetried = fault == "drop" && stage is (SmtpStage.MailFrom or SmtpStage.RcptTo or SmtpStage.Data);
        await using var server = new ScriptedServer(
            isRetried ? script + "---\n" + script : script, certificate: Certificate);
        var report = await SendOneAsync(
            Route(server) with
            {
                Security = ConnectionSecurity.StartTls,
                TrustedRoots = [Root],
                Credential = new PasswordCredential("user", "pencil"),
                Timeouts = fault == "stall" ? Impatient(stage) : SmtpTimeouts.All(TimeSpan.FromSeconds(20)),
            },
            Message("a@example.com"));
        await server.VerifyAsync();
        Assert.Equal(error, report.Error?.GetType());
        Assert.Equal(status, report.Status);
        Assert.Equal(stage == SmtpStage.Quit ? SmtpStage.EndOfData : stage, report.Stage);
        Assert.Equal(isRetried ? 2 : 1, server.Connections);
        if (error is not null)
        {
            Assert.NotNull(report.Error?.RecommendedAction);
        }
    }

    [Fact]
    public async Task Ends_when_the_server_takes_no_more_of_the_message()
    {
        await using var server = new ScriptedServer(
            Hello + "\nS: 250 PIPELINING\nC: MAIL FROM:*\nC: RCPT TO:*\nC: DATA\n" +
            "S: 250 ok\nS: 250 ok\nS: 354 go\npause");
        var large = new TextMessage(string.Concat(Enumerable.Repeat(new string('x', 998) + "\r\n", 30_000)));
        var report = await SendOneAsync(
            Route(server) with { Timeouts = Impatient(SmtpStage.Content) }, Message(large, "a@example.com"));
        server.EndPause();
        await server.VerifyAsync();
        Assert.IsType<PeerTimeoutException>(report.Error);
        Assert.Equal(SmtpStage.Content, report.Stage);
        Assert.Equal(DeliveryStatus.Deferred, report.Status);
    }

    private static string Script(SmtpStage stage, string fault)
    {
        var script = "";
        foreach (var step in Session)
        {
            script += step.Client + "\n";
            if (step.Stage == stage)
            {
                return script + Fault(stage, fault);
            }

            script += step.Server + "\n";
        }

        throw new ArgumentOutOfRangeException(nameof(stage));
    }

    private static string Fault(SmtpStage stage, string fault) => (stage, fault) switch
    {
        (_, "drop") => "drop\n",
        (_, "stall") when stage is SmtpStage.Tls => "drain\n",
        (_, "stall") => "stall\n",
        (SmtpStage.Tls, "garbage") => "C= 5\nS: garbage\ndrain\n",
        (_, "garbage") => "S: garbage\n",
        (SmtpStage.Quit, _) => $"S: {fault}\n",
        (SmtpStage.Ehlo, ['5', ..]) => $"S: {fault}\nC: HELO *\nS: {fault}\nC: QUIT\nS: 221 bye\n",
        _ => $"S: {fault}\nC: QUIT\nS: 221 bye\n",
    };

    private static SmtpTimeouts Impatient(SmtpStage stage)
    {
        var patient = SmtpTimeouts.All(TimeSpan.FromSeconds(20));
        var shortTime = TimeSpan.FromMilliseconds(300);
        return stage switch
        {
            SmtpStage.Greeting => patient with { Greeting = shortTime },
            SmtpStage.Ehlo => patient with { Ehlo = shortTime },
            SmtpStage.StartTls => patient with { StartTls = shortTime },
            SmtpStage.Tls => patient with { TlsHandshake = shortTime },
            SmtpStage.Auth => patient with { Auth = shortTime },
            SmtpStage.MailFrom => patient with { MailFrom = shortTime },
            SmtpStage.RcptTo => patient with { RcptTo = shortTime },
            SmtpStage.Data => patient with { Data = shortTime },
            SmtpStage.Content => patient with { Content = shortTime },
            SmtpStage.EndOfData => patient with { EndOfData = shortTime },
            SmtpStage.Quit => patient with { Quit = shortTime },
            _ => throw new ArgumentOutOfRangeException(nameof(stage)),
        };
    }
}
