using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Tests.Net;

namespace MailAdmin.Tests.Server;

public sealed class SmtpTestServerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Listens_on_both_loopback_addresses_at_the_same_free_port()
    {
        await using var server = await SmtpTestServer.StartAsync();

        Assert.NotEqual(0, server.Endpoint.Port);
        Assert.All(server.Endpoints, endpoint => Assert.True(IPAddress.IsLoopback(endpoint.Address)));
        Assert.Single(server.Endpoints.Select(endpoint => endpoint.Port).Distinct());
        foreach (var endpoint in server.Endpoints)
        {
            await using var client = await RawClient.ConnectAsync(endpoint);
            Assert.Equal("220 localhost ESMTP MailAdmin test server", await client.ReadReplyAsync());
        }
    }

    [Fact]
    public async Task Says_why_it_cannot_listen()
    {
        await using var server = await SmtpTestServer.StartAsync();

        var failure = await Assert.ThrowsAsync<SmtpTestServerException>(
            () => SmtpTestServer.StartAsync(new() { Port = server.Endpoint.Port }));
        Assert.Equal("CannotListen", failure.ErrorId);
    }

    public static TheoryData<string, SmtpTestServerOptions> Nonsense() => new()
    {
        { "host name", new() { HostName = "a b" } },
        { "host name", new() { HostName = "a\r\nb" } },
        { "no address", new() { Addresses = [] } },
        { "port", new() { Port = 70_000 } },
        { "TLS is required", new() { RequireTls = true } },
        { "login is required", new() { RequireAuthentication = true } },
        { "SCRAM-SHA-1", new() { Mechanisms = ["PLAIN", "SCRAM-SHA-1"] } },
        { "limit", new() { MaxRecipients = 0 } },
        { "512", new() { MaxCommandLength = 100 } },
        { "time limit", new() { IdleTimeout = TimeSpan.Zero } },
    };

    [Theory]
    [MemberData(nameof(Nonsense), DisableDiscoveryEnumeration = true)]
    public async Task Refuses_options_that_make_no_sense(string reason, SmtpTestServerOptions options)
    {
        var failure = await Assert.ThrowsAsync<SmtpTestServerException>(() => SmtpTestServer.StartAsync(options));
        Assert.Equal("InvalidServerOptions", failure.ErrorId);
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Takes_a_message_before_the_client_has_the_reply()
    {
        var transcript = new RecordedTranscript();
        var seen = new List<string>();
        await using var server = await SmtpTestServer.StartAsync(new() { Transcript = _ => transcript });
        server.MessageReceived += message => seen.Add(message.Id);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.ReadReplyAsync();

        await client.SendAsync(RawClient.Message("Subject: ä\r\n\r\n..\r\n"));
        await client.ReadRepliesAsync(4);
        var reply = await client.ReadReplyAsync();

        var message = Assert.Single(server.Messages);
        Assert.Equal($"250 2.0.0 Message taken as {message.Id}", reply);
        Assert.Equal([message.Id], seen);
        Assert.Equal("Subject: ä\r\n\r\n.\r\n", Encoding.UTF8.GetString(message.Content.Span));
        Assert.Equal(message.Content.Length, message.Size);
        Assert.Equal("a@example.com", message.Envelope.ReversePath!.ToWireString());
        Assert.Equal("client", message.Session.ClientName);
        Assert.Contains("< MAIL FROM:<a@example.com>", transcript.Lines);
        Assert.Contains("> 250 2.1.0 Sender ok", transcript.Lines);
        Assert.Equal(1, server.MessageCount);
    }

    [Fact]
    public async Task Answers_a_pipelined_group_with_one_write()
    {
        await using var server = await SmtpTestServer.StartAsync();
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.ReadReplyAsync();

        await client.SendAsync(string.Concat(Enumerable.Repeat("NOOP\r\n", 500)));
        Assert.All(await client.ReadRepliesAsync(500), reply => Assert.Equal("250 2.0.0 Ok", reply));
        Assert.True(client.Reads < 50, $"{client.Reads} reads for 500 replies");
    }

    [Fact]
    public async Task Waits_for_messages_and_says_when_they_do_not_come()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { MaxMessagesKept = 1 });
        var waiting = server.WaitForMessageAsync(2, Patience);
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(RawClient.Message("x\r\n"));
        await client.ReadRepliesAsync(6);
        Assert.False(waiting.IsCompleted);
        await client.SendAsync(RawClient.Message("y\r\n"));

        Assert.Equal("y\r\n", Encoding.ASCII.GetString(Assert.Single(await waiting).Content.Span));
        var failure = await Assert.ThrowsAsync<SmtpTestServerException>(
            () => server.WaitForMessageAsync(3, TimeSpan.FromMilliseconds(50)));
        Assert.Equal(("MessageNotReceived", MailErrorKind.Timeout), (failure.ErrorId, failure.Kind));
    }

    [Fact]
    public async Task Serves_200_connections_at_once_without_a_thread_for_each()
    {
        const int Count = 200;
        await using var server = await SmtpTestServer.StartAsync();
        var clients = await Task.WhenAll(
            Enumerable.Range(0, Count).Select(_ => RawClient.ConnectAsync(server.Endpoint)));
        var threads = ThreadPool.ThreadCount;
        await Task.WhenAll(clients.Select(client => client.ReadReplyAsync()));
        Assert.Equal(Count, server.ConnectionCount);

        await Task.WhenAll(clients.Select(async (client, i) =>
        {
            await client.SendAsync(RawClient.Message($"{i}\r\n"));
            await client.ReadRepliesAsync(5);
            await client.DisposeAsync();
        }));

        var messages = await server.WaitForMessageAsync(Count, Patience);
        Assert.Equal(
            Enumerable.Range(0, Count),
            messages
                .Select(message => Encoding.ASCII.GetString(message.Content.Span).TrimEnd())
                .Select(text => int.Parse(text, CultureInfo.InvariantCulture))
                .Order());
        Assert.True(threads < Count / 2, $"{threads} threads");
    }

    [Fact]
    public async Task Turns_away_more_connections_than_it_may_have()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { MaxConnections = 1 });
        await using var first = await RawClient.ConnectAsync(server.Endpoint);
        await first.ReadReplyAsync();
        await using (var second = await RawClient.ConnectAsync(server.Endpoint))
        {
            Assert.Equal("421 4.3.2 Too many connections, try again later", await second.ReadReplyAsync());
            Assert.Null(await second.ReadReplyAsync());
        }

        await first.SendAsync("QUIT\r\n");
        await first.ReadReplyAsync();
        Assert.Null(await first.ReadReplyAsync());
        await first.DisposeAsync();
        await Wait.UntilAsync(() => server.ConnectionCount == 0);
        await using var third = await RawClient.ConnectAsync(server.Endpoint);
        Assert.StartsWith("220 ", await third.ReadReplyAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sends_idle_clients_away()
    {
        await using var server = await SmtpTestServer.StartAsync(
            new() { IdleTimeout = TimeSpan.FromMilliseconds(200) });
        await using var client = await RawClient.ConnectAsync(server.Endpoint);

        Assert.StartsWith("220 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("421 4.4.2 Idle for too long", await client.ReadReplyAsync());
        Assert.Null(await client.ReadReplyAsync());
    }

    [Fact]
    public async Task Says_farewell_to_idle_clients_when_it_stops_and_lets_a_transaction_end()
    {
        var server = await SmtpTestServer.StartAsync(new() { StopTimeout = Patience });
        await using var idle = await RawClient.ConnectAsync(server.Endpoint);
        await using var busy = await RawClient.ConnectAsync(server.Endpoint);
        await idle.ReadReplyAsync();
        await busy.ReadReplyAsync();
        await busy.SendAsync("HELO c\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<a@b.example>\r\nDATA\r\nhalf\r\n");
        await busy.ReadRepliesAsync(4);

        var stopping = server.StopAsync();
        Assert.Equal("421 4.3.2 The server is stopping", await idle.ReadReplyAsync());
        Assert.False(stopping.IsCompleted);
        await busy.SendAsync(".\r\n");

        Assert.StartsWith("250 ", await busy.ReadReplyAsync(), StringComparison.Ordinal);
        Assert.Equal("421 4.3.2 The server is stopping", await busy.ReadReplyAsync());
        await stopping.WaitAsync(Patience);
        Assert.Single(server.Messages);
        await Assert.ThrowsAsync<SocketException>(() => RawClient.ConnectAsync(server.Endpoint));
    }

    [Fact]
    public async Task Ends_transactions_that_take_too_long_to_end_when_it_stops()
    {
        var server = await SmtpTestServer.StartAsync(new() { StopTimeout = TimeSpan.FromMilliseconds(50) });
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync("HELO c\r\nMAIL FROM:<a@b.example>\r\n");
        await client.ReadRepliesAsync(3);

        await server.StopAsync().WaitAsync(Patience);
        Assert.Null(await client.ReadReplyAsync());
        Assert.Equal(0, server.ConnectionCount);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task Lets_a_policy_decide()
    {
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = new StrictPolicy() });
        await using var client = await RawClient.ConnectAsync(server.Endpoint);

        Assert.Equal("220 strict.example ready", await client.ReadReplyAsync());
        await client.SendAsync(
            "EHLO c\r\nMAIL FROM:<bad@example.com>\r\nMAIL FROM:<a@example.com>\r\nRCPT TO:<bad@example.com>\r\n" +
            "RCPT TO:<b@example.com>\r\nDATA\r\nno\r\n.\r\n");
        Assert.Equal(["250-localhost", "250 XSTRICT"], (await client.ReadReplyAsync())!.Split('\n'));
        Assert.Equal("550 5.7.1 no", await client.ReadReplyAsync());
        Assert.Equal("250 2.1.0 fine", await client.ReadReplyAsync());
        Assert.Equal("550 5.7.1 no", await client.ReadReplyAsync());
        Assert.Equal("250 2.1.5 Recipient ok", await client.ReadReplyAsync());
        await client.ReadReplyAsync();
        Assert.Equal("550 5.7.1 no", await client.ReadReplyAsync());
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task Hands_on_what_a_handler_throws()
    {
        var server = await SmtpTestServer.StartAsync();
        server.MessageReceived += _ => throw new InvalidOperationException("mine");
        await using var client = await RawClient.ConnectAsync(server.Endpoint);
        await client.SendAsync(RawClient.Message("x\r\n"));
        Assert.StartsWith("220 ", await client.ReadReplyAsync(), StringComparison.Ordinal);
        while (await client.ReadReplyAsync() is { } reply)
        {
            Assert.DoesNotContain("Message taken", reply, StringComparison.Ordinal);
        }

        Assert.Equal("mine", (await Assert.ThrowsAsync<InvalidOperationException>(() => server.StopAsync())).Message);
    }

    private sealed class StrictPolicy : ISmtpServerPolicy
    {
        private static readonly SmtpReply No = new(550, null, ["5.7.1 no"]);

        public SmtpReply? Greet(SmtpSessionInfo session) => new(220, null, ["strict.example ready"]);

        public SmtpReply? Hello(SmtpSessionInfo session, IList<string> keywords)
        {
            keywords.Clear();
            keywords.Add("XSTRICT");
            return null;
        }

        public SmtpReply? Mail(SmtpSessionInfo session, SmtpMailCommand mail) =>
            mail.ReversePath!.LocalPart == "bad" ? No : new(250, null, ["2.1.0 fine"]);

        public SmtpReply? Recipient(
            SmtpSessionInfo session,
            SmtpMailCommand mail,
            EnvelopeRecipient recipient,
            IReadOnlyList<EnvelopeRecipient> accepted) => recipient.Address.LocalPart == "bad" ? No : null;

        public SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message)
        {
            using var reader = new StreamReader(message.OpenRead());
            return reader.ReadToEnd().Contains("no", StringComparison.Ordinal) ? No : null;
        }
    }
}
