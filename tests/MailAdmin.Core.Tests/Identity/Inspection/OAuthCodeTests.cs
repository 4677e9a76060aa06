using System.Net;
using System.Text;
using MailAdmin.Diagnosis;
using MailAdmin.Identity;
using MailAdmin.Identity.Inspection;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Tests.Server;
using MailAdmin.Tests.Server.Personalities;

namespace MailAdmin.Tests.Identity.Inspection;

/// <summary>
/// The inspector foretells, and the personality of High Volume Email answers, what the fixture says; neither knows the
/// other or the fixture.
/// </summary>
public sealed class OAuthCodeTests
{
    private static readonly TokenExpectation Hve = new() { Service = TokenService.Hve, IsXOAuth2 = true };

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, OAuthCode.All.Count)];

    [Fact]
    public void The_fixture_has_every_code() => Assert.Equal(
        [
            "235 2.7.0", "501 5.5.121", "501 5.5.122", "501 5.5.123", "501 5.5.124", "501 5.5.125", "501 5.5.126",
            "501 5.5.127", "501 5.5.128", "501 5.5.129", "535 5.7.127", "535 5.7.142", "535 5.7.143", "535 5.7.144",
        ],
        OAuthCode.All
            .SelectMany(code => new[] { code.Reply, code.FirstReply })
            .Distinct()
            .Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_inspector_foretells_the_code(int index)
    {
        var code = OAuthCode.All[index];

        var found = Inspector.Inspect(code.Argument, Hve);

        Assert.Equal(code.IsGood ? null : code.Reply, found.PredictedReply);
        Assert.Equal(code.IsGood ? null : code.FirstReply, found.Fault?.HveReplies[^1]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_personality_answers_with_the_code(int index)
    {
        var code = OAuthCode.All[index];

        Assert.StartsWith(code.Reply + " ", Answer(code.Argument, useFirstCodes: false), StringComparison.Ordinal);
        Assert.StartsWith(code.FirstReply + " ", Answer(code.Argument, useFirstCodes: true), StringComparison.Ordinal);
    }

    /// <summary>An argument is known as one without being told, as long as enough of it is there.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void The_inspector_needs_not_be_told_that_it_is_an_argument(int index)
    {
        var code = OAuthCode.All[index];
        string[] unlike = ["a word", "a padding too many", "the token alone", "twice base64", "the blob in clear"];
        if (unlike.Contains(code.What) || code.What.Contains("OAUTHBEARER", StringComparison.Ordinal))
        {
            return;
        }

        var found = Inspector.Inspect(code.Argument, Hve with { IsXOAuth2 = false });

        Assert.Equal(code.IsGood ? null : code.Reply, found.PredictedReply);
    }

    /// <summary>Each code has its cause and remedy in both languages, by the prediction and by the reply.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Prediction_and_reply_have_one_explanation(int index)
    {
        var code = OAuthCode.All[index];
        if (code.IsGood)
        {
            return;
        }

        foreach (var culture in ErrorCatalog.Default.Cultures)
        {
            var finding = ErrorCatalog.Default.Explain(Inspector.Inspect(code.Argument, Hve), culture)
                .Findings.First(f => f.Severity == FindingSeverity.Error);
            Assert.NotEmpty(finding.Message);
            Assert.NotEmpty(finding.Detail);
            Assert.NotEmpty(finding.Remedies[0]);
            Assert.DoesNotContain('{', finding.Detail);
            if (code.Reply != "535 5.7.127")
            {
                var byReply = ErrorCatalog.Default.Explain($"{code.Reply} x", culture)[0];
                Assert.Equal((byReply.Id, byReply.Cause), (finding.Id, finding.Message));
            }
        }
    }

    [Fact]
    public void Both_say_the_same_to_thirty_thousand_damaged_arguments()
    {
        var texts = OAuthCode.All
            .Select(code => code.Argument)
            .Where(argument => TryDecode(argument) is { Length: < 700 })
            .ToArray();
        var codes = new HashSet<string>();
        var server = new Hve(
            new() { Accounts = [new MailboxAccount(OAuthCode.User)] }, new SettableTime(OAuthCode.Now));
        var argumentsToo = Mutations.OfText(texts, 10_000, seed: 7628);
        var contents = Mutations.Of([.. texts.Select(t => TryDecode(t)!)], 20_000, seed: 6750)
            .Select(Convert.ToBase64String);
        foreach (var argument in argumentsToo.Concat(contents))
        {
            // A line ends there, so a server sees no such argument.
            if (argument.Length == 0 || argument.AsSpan().ContainsAny("\r\n\0"))
            {
                continue;
            }

            var found = Inspector.Inspect(argument, Hve);
            if (argument.Trim(' ', '\t').Length < argument.Length || IsOfAnotherUser(found))
            {
                continue;
            }

            var reply = Judge(server, argument);
            Assert.True(
                reply.StartsWith(found.PredictedReply ?? "235 2.7.0", StringComparison.Ordinal),
                $"{argument}\n{found.PredictedReply} {found.Fault?.Id}\n{reply}");
            codes.Add(found.PredictedReply ?? "good");
        }

        Assert.True(codes.Count >= 11, string.Join(", ", codes));
    }

    [Fact]
    public void A_hundred_thousand_random_texts_are_borne()
    {
        var random = new Random(7519);
        var octets = new byte[64];
        for (var i = 0; i < 100_000; i++)
        {
            random.NextBytes(octets);
            var text = Encoding.Latin1.GetString(octets, 0, random.Next(octets.Length));
            var form = (i % 3) switch
            {
                0 => text,
                1 => Convert.ToBase64String(octets),
                _ => "eyJhbGciOiJub25lIn0." +
                    $"{Convert.ToBase64String(Encoding.Latin1.GetBytes("{" + text + "}")).TrimEnd('=')}.x",
            };
            Assert.NotNull(Inspector.Inspect(form).PredictedReply ?? "");
        }
    }

    private static TokenInspector Inspector { get; } = new(new SettableTime(OAuthCode.Now));

    // The personality knows one account only.
    private static bool IsOfAnotherUser(TokenInspection found) =>
        found.LoginName is { } name && !name.Equals(OAuthCode.User, StringComparison.OrdinalIgnoreCase) &&
        found.Fault?.Id.StartsWith("Xoauth2", StringComparison.Ordinal) != true;

    private static byte[]? TryDecode(string base64)
    {
        var octets = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, octets, out var length) ? octets[..length] : null;
    }

    private static string Judge(Hve server, string argument)
    {
        var session = new SmtpSessionInfo(1, null, null);
        if (server.Response(session, "XOAUTH2", argument) is { } refusal)
        {
            return refusal.ToString();
        }

        var parts = Encoding.UTF8.GetString(Convert.FromBase64String(argument)).Split('\u0001');
        var login = new SmtpLogin("XOAUTH2", parts[0]["user=".Length..], parts[1]["auth=Bearer ".Length..]);
        return server.LogIn(session, login)!.ToString();
    }

    private static string Answer(string argument, bool useFirstCodes)
    {
        var server = new Hve(
            new() { Accounts = [new MailboxAccount(OAuthCode.User)], UseFirstTokenCodes = useFirstCodes },
            new SettableTime(OAuthCode.Now)).Apply(new()
        {
            Extensions = SmtpServerExtensions.StartTls | SmtpServerExtensions.Auth,
        });
        using var player = new SessionPlayer(server, remote: new IPEndPoint(IPAddress.Loopback, 50000));
        player.Open();
        player.Say("EHLO c\r\nSTARTTLS\r\nEHLO c\r\n"u8.ToArray(), MailAdmin.Tests.Smtp.Fragmentation.Lines);
        return player.Say(
            Encoding.UTF8.GetBytes($"AUTH XOAUTH2 {argument}\r\n"), MailAdmin.Tests.Smtp.Fragmentation.Lines);
    }
}
