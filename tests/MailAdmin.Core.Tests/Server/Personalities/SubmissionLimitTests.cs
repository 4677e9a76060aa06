using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Transports;
using static MailAdmin.Tests.Server.Personalities.PersonalityClient;

namespace MailAdmin.Tests.Server.Personalities;

public sealed class SubmissionLimitTests
{
    private readonly SettableTime _time = new(DateTimeOffset.UtcNow);

    [Fact]
    public async Task The_31st_message_within_a_minute_is_refused_for_the_time_being()
    {
        await using var server = await StartAsync(new());
        await using var transport = Connect(server, Password());
        for (var i = 0; i < 30; i++)
        {
            _time.Now += TimeSpan.FromSeconds(1);
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        }

        var surplus = await SendAsync(transport);
        Assert.Equal(DeliveryStatus.Deferred, surplus.Status);
        PublicReplies.AssertIs("RateLimit", Refusal(surplus));

        // The first was sent 29 s ago, so that its place is free in 31 s, and no other's.
        _time.Now += TimeSpan.FromSeconds(31);
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        PublicReplies.AssertIs("RateLimit", Refusal(await SendAsync(transport)));
        Assert.Equal(31, server.MessageCount);
    }

    [Fact]
    public async Task The_fourth_connection_cannot_send_until_another_one_leaves()
    {
        await using var server = await StartAsync(new());
        var transports = Enumerable.Range(0, 4).Select(_ => Connect(server, Password())).ToList();
        foreach (var transport in transports[..3])
        {
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        }

        PublicReplies.AssertIs("ConnectionLimit", Refusal(await SendAsync(transports[3])));
        await transports[0].DisposeAsync();
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transports[3])).Status);
        foreach (var transport in transports[1..])
        {
            await transport.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_limits_are_those_of_an_account_and_not_of_the_server()
    {
        await using var server = await StartAsync(new() { MessagesPerMinute = 1, Connections = 1 });
        await using var first = Connect(server, Password());
        await using var other = Connect(server, new MailAdmin.Sasl.PasswordCredential("other@contoso.com", "x"));

        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(first)).Status);
        var report = await SendAsync(other, sender: "other@contoso.com", author: "other@contoso.com");
        Assert.Equal(DeliveryStatus.Sent, report.Status);
    }

    [Fact]
    public async Task The_501st_recipient_needs_a_message_of_its_own()
    {
        await using var server = await StartAsync(new());
        await using var transport = Connect(server, Password());

        var report = await SendAsync(transport, Enumerable.Range(1, 501).Select(i => $"r{i}@contoso.com"));

        Assert.Equal(DeliveryStatus.Sent, report.Status);
        Assert.Equal([500, 1], server.Messages.Select(message => message.Envelope.Recipients.Count));
    }

    [Fact]
    public async Task The_recipients_of_a_day_are_counted()
    {
        await using var server = await StartAsync(new() { RecipientsPerDay = 3 });
        await using var transport = Connect(server, Password());

        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, ["a@contoso.com", "b@contoso.com"])).Status);
        _time.Now += TimeSpan.FromHours(23);
        PublicReplies.AssertIs(
            "SubmissionQuotaExceeded", Refusal(await SendAsync(transport, ["a@contoso.com", "b@contoso.com"])));
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        _time.Now += TimeSpan.FromHours(1);
        Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport, ["a@contoso.com", "b@contoso.com"])).Status);
    }

    private Task<SmtpTestServer> StartAsync(ExchangeOnlineSubmissionOptions options) => SmtpTestServer.StartAsync(
        new ExchangeOnlineSubmission(
            options with { Accounts = [new MailboxAccount(User), new MailboxAccount("other@contoso.com")] }, _time)
            .Apply(new()));
}
