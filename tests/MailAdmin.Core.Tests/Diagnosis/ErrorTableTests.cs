using MailAdmin.Addressing;
using MailAdmin.Diagnosis;
using MailAdmin.Net;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Smtp;
using MailAdmin.Tests.Server.Personalities;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Diagnosis;

/// <summary>
/// Each row of the error table: a verdict written by hand beside public replies, a personality that says it where one
/// can, and the same verdict from each of our ways to meet it, in both languages. The cmdlets have their turn in
/// tests/Pester/ErrorTable.Tests.ps1, over the same table.
/// </summary>
public sealed class ErrorTableTests
{
    private const int RowsOfTheTable = 32;
    private static readonly string[] Cultures = ["en-US", "ja-JP"];

    public static TheoryData<string, int> Played()
    {
        var data = new TheoryData<string, int>();
        foreach (var row in ErrorTableCase.Rows)
        {
            foreach (var (index, one) in row.Cases.Index())
            {
                if (one.IsPlayed)
                {
                    data.Add(row.Row, index);
                }
            }
        }

        return data;
    }

    [Fact]
    public void Every_row_has_its_causes_and_none_is_there_twice()
    {
        Assert.Equal(RowsOfTheTable, ErrorTableCase.Rows.Count);
        Assert.Equal(RowsOfTheTable, ErrorTableCase.Rows.Select(row => row.Row).Distinct().Count());
        Assert.All(ErrorTableCase.Rows, row => Assert.NotEmpty(row.Cases));
    }

    [Fact]
    public void Every_cause_has_a_verdict_beside_a_public_reply() =>
        Assert.All(ErrorTableCase.Rows.SelectMany(row => row.Cases), one =>
        {
            Assert.NotEmpty(one.Fixtures);
            Assert.True(one.ScriptedAt is null || one.Fixtures.Any(f => f.IsReply || one.Id == "NoBanner"), one.Id);
        });

    [Fact]
    public void What_no_personality_says_gives_the_reason() =>
        Assert.All(ErrorTableCase.Rows.SelectMany(row => row.Cases), one =>
        {
            Assert.Equal(
                one.IsPlayed,
                one.ScriptedAt is null && one.Server is { ValueKind: System.Text.Json.JsonValueKind.Object });
            Assert.NotEqual("", one.Why);
        });

    [Theory]
    [MemberData(nameof(Played))]
    public async Task A_personality_says_it_and_each_way_to_meet_it_explains_it(string row, int index)
    {
        var one = ErrorTableCase.Rows.Single(r => r.Row == row).Cases[index];
        var met = 0;
        foreach (var (name, explain) in Ways(one))
        {
            if (!one.Reports.Contains(name))
            {
                continue;
            }

            await using var server = await SmtpTestServer.StartAsync(one.Play().Apply(new()));
            var error = await explain(Route(one, server));
            Assert.NotNull(error);
            foreach (var culture in Cultures)
            {
                AssertVerdict(one, name, ErrorCatalog.Default.Explain(error, culture)[0], culture);
            }

            met++;
        }

        Assert.Equal(one.Reports.Length, met);
    }

    private static IEnumerable<(string Name, Func<SmtpRoute, Task<MailException?>> Explain)> Ways(ErrorTableCase one)
    {
        var (from, to) = (EmailAddress.Parse(one.From), EmailAddress.Parse(one.To));
        yield return ("Test-SmtpAuth", async route =>
            (await new SmtpAuthProbe().RunAsync(route, from, to, null, default)).Error);
        yield return ("Test-SmtpRelay", async route =>
            (await new SmtpRelayProbe(null).RunAsync(route, from, to, Message(one), null, default)).Error);
        yield return ("Send-RelayMail", async route =>
        {
            await using var transport = new SmtpTransport(route, new TcpDialer());
            var envelope = new Envelope(from, [new EnvelopeRecipient(to)]);
            return (await transport.SendAsync(new OutgoingMessage(Message(one), envelope), null, default)).Error;
        });
    }

    private static TextMessage Message(ErrorTableCase one) =>
        new($"From: {one.Author}\r\nTo: {one.To}\r\nSubject: x\r\n\r\ny\r\n");

    private static SmtpRoute Route(ErrorTableCase one, SmtpTestServer server) => new()
    {
        Host = "localhost",
        Port = server.Port,
        Security = ConnectionSecurity.StartTls,
        TrustedRoots = [server.Certificate!],
        Credential = one.Login switch
        {
            "password" => new PasswordCredential("scanner@contoso.com", "pw"),
            "token" => new TokenCredential("scanner@contoso.com", Token(one)),
            _ => null,
        },
        Timeouts = SmtpTimeouts.All(TimeSpan.FromSeconds(30)),
    };

    private static string Token(ErrorTableCase one)
    {
        var now = DateTimeOffset.UtcNow;
        var changes = new Dictionary<string, object?>
        {
            ["nbf"] = now.AddHours(-2).ToUnixTimeSeconds(),
            ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (name, value) in one.Token!)
        {
            changes[name] = name == "exp" ? now.AddSeconds(value.GetInt32()).ToUnixTimeSeconds()
                : name == "roles" ? new[] { value.GetString() }
                : value.GetString();
        }

        return TestTokens.Create([.. changes.Select(change => (change.Key, change.Value))]);
    }

    private static void AssertVerdict(ErrorTableCase one, string way, SmtpDiagnosis found, string culture)
    {
        var expected = one.Fixtures[0];
        Assert.Equal(
            (way, one.Id, expected.Retry, expected.IsTransient, culture),
            (way, found.Id, found.Retry, found.IsTransient, found.Culture));
        Assert.NotEmpty(found.Remedies[0]);
        Assert.All([found.Cause, found.Remedies[0], found.RetryAdvice], text =>
            Assert.Equal(culture == "ja-JP", text.Any(c => c is > '\u3040' and < '\u9fff')));
    }
}
