using System.Text;
using MailAdmin.Diagnosis;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Smtp;
using MailAdmin.Tests.Net;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports;

/// <summary>
/// A server that repeats the token, in every form that it could take: nothing of it gets into what people see or keep.
/// </summary>
public sealed class TokenSecrecyTests : TransportTests
{
    // With everything that base64 and URLs treat differently.
    private const string Secret = "ya29.a0+Vq/8kPz_LmN-3xRtY==w7//Jd?uQe>Hs~5cBf";

    // Of an argument, what stands before the token is no secret.
    private static readonly string OpenPart = Base64("user=user\u0001auth=Bearer ")[..29];

    public static TheoryData<string> Forms => [.. Spellings().Keys];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_refused_token_is_hidden_in_whatever_form_the_server_repeats_it(string form)
    {
        var echo = Spellings()[form];
        var json = Base64($$"""{"status":"invalid_token","scope":"{{echo}}"}""");
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH XOAUTH2\nC: AUTH XOAUTH2 *\nS: 334 {json}\nC: *\n" +
            $"S: 535-5.7.8 {echo}\nS: 535 5.7.8 for {echo}.\nC: QUIT\nS: 221 {echo}");
        var transcript = new RecordedTranscript();
        var report = await SendAsync(server, transcript);

        await server.VerifyAsync();
        var error = Assert.IsType<AuthenticationFailedException>(report.Error);
        AssertHidden(
            echo,
            transcript.All,
            error.ToString(),
            error.ServerError!,
            error.TokenError!.ToString(),
            error.Reply!.ToString(),
            report.ToString(),
            report.Reply!.ToString(),
            string.Concat(ErrorCatalog.Default.Explain(error).Select(d => d.ToString() + d.Text)));
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_token_that_was_taken_is_hidden_in_the_transcript(string form)
    {
        var echo = Spellings()[form];
        await using var server = new ScriptedServer(
            Hello + $"\nS: 250 AUTH OAUTHBEARER\nC: AUTH OAUTHBEARER *\nS: 235 2.7.0 {echo}\n" +
            $"C: MAIL FROM:*\nS: 250 {echo}\nC: RCPT TO:*\nS: 250 ok\n" +
            "C: DATA\nS: 354 go\nC...\nS: 250 queued\nC: QUIT\nS: 221 bye");
        var transcript = new RecordedTranscript();
        var report = await SendAsync(server, transcript);

        await server.VerifyAsync();
        Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString());
        AssertHidden(echo, transcript.All);
    }

    private static Dictionary<string, string> Spellings() => new()
    {
        ["clear"] = Secret,
        ["base64"] = Base64(Secret),
        ["base64 behind one octet"] = Base64("x" + Secret),
        ["base64 behind two octets"] = Base64("xy" + Secret),
        ["base64 of the argument"] = Base64($"user=user\u0001auth=Bearer {Secret}\u0001\u0001"),
        ["base64 for URLs"] = Base64("x" + Secret).Replace('+', '-').Replace('/', '_'),
        ["escaped for URLs"] = Uri.EscapeDataString(Secret),
        ["a part"] = Secret[7..30],
    };

    private static async Task<DeliveryReport> SendAsync(ScriptedServer server, ITranscript transcript)
    {
        await using var transport = new SmtpTransport(
            Route(server) with
            {
                Security = ConnectionSecurity.None,
                AllowPlaintextAuth = true,
                Credential = new TokenCredential("user", Secret),
            },
            new TcpDialer(),
            transcript);
        return await SendAsync(transport, Message("a@example.com"));
    }

    /// <summary>Nine characters in a row of a token are more than chance.</summary>
    private static void AssertHidden(string echo, params string[] texts)
    {
        const int Window = 9;
        foreach (var text in texts)
        {
            Assert.NotEmpty(text);
            foreach (var secret in new[] { echo.Replace(OpenPart, "", StringComparison.Ordinal), Secret })
            {
                // The ends of base64 hold the neighbours' bits, and escapes of single characters are no secret.
                for (var i = 2; i <= secret.Length - Window - 2; i++)
                {
                    var part = secret.Substring(i, Window);
                    Assert.False(text.Contains(part, StringComparison.Ordinal), $"'{part}' in: {text}");
                }
            }
        }
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
