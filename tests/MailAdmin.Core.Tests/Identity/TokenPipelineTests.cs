using MailAdmin.Addressing;
using MailAdmin.Identity;
using MailAdmin.Net;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.TestServices;
using MailAdmin.Tests.Server.Personalities;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Identity;

/// <summary>A long pipeline, on one clock: the provider's, the server's and ours.</summary>
public sealed class TokenPipelineTests
{
    private const string User = "alice@contoso.example";
    private const int Messages = 60;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(4);

    [Theory]
    [InlineData(TokenFlow.ClientSecret, TokenService.Smtp)]
    [InlineData(TokenFlow.ClientSecret, TokenService.Hve)]
    [InlineData(TokenFlow.DeviceCode, TokenService.Smtp)]
    public async Task Four_hours_of_messages_cross_the_ends_of_tokens_without_a_failure(
        TokenFlow flow, TokenService service)
    {
        var clock = new SettableTime(DateTimeOffset.UtcNow);
        await using var kit = await SignInKit.StartAsync(
            new TestIdentityOptions { Time = clock, Users = [new(User)], ApproveDeviceCodes = true });
        var personality = new PersonalitySettings
        {
            Kind = service == TokenService.Hve ? PersonalityKind.Hve : PersonalityKind.ExchangeOnlineSubmission,
            Accounts = [new MailboxAccount(User)],
        }.Create(clock)!;
        await using var server = await SmtpTestServer.StartAsync(personality.Apply(new() { Time = clock }));
        using var source = kit.Source(
            kit.Settings(flow) with { Service = service },
            kit.AppSecret,
            kit.Options with { ShowCode = _ => Task.CompletedTask });
        var route = new SmtpRoute
        {
            Host = "localhost",
            Port = server.Port,
            Security = ConnectionSecurity.StartTls,
            SkipCertificateCheck = true,
            Credential = new TokenCredential(User, source),
        };

        await using (var transport = new SmtpTransport(route, new TcpDialer(), time: clock))
        {
            for (var i = 0; i < Messages; i++)
            {
                var report = await transport.SendAsync(Message(), null, default);
                Assert.True(report.Status == DeliveryStatus.Sent, $"message {i}: {report.Error?.Message}");
                clock.Now += Step;
            }
        }

        // Each of the four hours needed a token of its own, and one for the rest; no message needed one for itself.
        Assert.InRange(kit.Provider.Tokens.Issued.Count, 4, 6);
    }

    [Fact]
    public async Task A_token_that_was_refused_is_replaced_once_for_all_who_were()
    {
        await using var kit = await SignInKit.StartAsync();
        using var source = kit.Source(kit.Settings(TokenFlow.ClientSecret), kit.AppSecret);
        var refused = await source.GetTokenAsync(default);

        var renewed = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => source.RenewAsync(refused, default).AsTask()));

        Assert.NotEqual(refused.Value, Assert.Single(renewed.Distinct()).Value);
        Assert.Equal(2, kit.Provider.Requests.Count("/token"));
    }

    private static OutgoingMessage Message() => new(
        new TextMessage($"From: {User}\r\nSubject: x\r\n\r\ny\r\n"),
        new Envelope(EmailAddress.Parse(User), [new EnvelopeRecipient(EmailAddress.Parse("bob@contoso.example"))]));
}
