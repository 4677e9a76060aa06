using MailAdmin.Server;
using MailAdmin.Server.Personalities;
using MailAdmin.Smtp;
using MailAdmin.Transports;
using static MailAdmin.Tests.Server.Personalities.PersonalityClient;

namespace MailAdmin.Tests.Server.Personalities;

/// <summary>Each state of an account earns our client the reply that the real service is known to give.</summary>
public sealed class SubmissionStateTests
{
    /// <summary>Of those one text is not public, the others are of another service.</summary>
    private static readonly AccountState[] Untold =
    [
        AccountState.Working, AccountState.AuthenticationPolicy, AccountState.NotHveAccount, AccountState.AppNotAllowed,
    ];

    public static TheoryData<AccountState> States() => new(Enum.GetValues<AccountState>().Except(Untold));

    [Theory]
    [MemberData(nameof(States))]
    public async Task An_account_in_trouble_is_told_so_as_by_the_service(AccountState state)
    {
        await using var server = await StartAsync(new MailboxAccount(User) { State = state });
        await using var transport = Connect(server, Password());

        var report = await SendAsync(transport);

        PublicReplies.AssertIs($"{state}", Refusal(report));
        Assert.Contains(Stage(report), (SmtpStage?[])[SmtpStage.Auth, SmtpStage.EndOfData]);
        Assert.Empty(server.Messages);
    }

    [Fact]
    public async Task An_authentication_policy_refuses_the_login()
    {
        await using var server = await StartAsync(
            new MailboxAccount(User) { State = AccountState.AuthenticationPolicy });
        await using var transport = Connect(server, Password());

        var refusal = Refusal(await SendAsync(transport))!;

        Assert.StartsWith("535 5.7.139 ", refusal, StringComparison.Ordinal);
        Assert.Contains("organization configuration", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("WrongPassword", "scanner@contoso.com")]
    [InlineData("UnknownUser", "nobody@contoso.com")]
    public async Task A_wrong_login_is_refused(string name, string known)
    {
        await using var server = await StartAsync(new MailboxAccount(known) { Password = "right" });
        await using var transport = Connect(server, Password("wrong"));

        PublicReplies.AssertIs(name, Refusal(await SendAsync(transport)));
    }

    [Fact]
    public async Task Without_credentials_there_is_no_mail()
    {
        await using var server = await StartAsync(new MailboxAccount(User));
        await using var transport = Connect(server, null);

        var report = await SendAsync(transport);

        PublicReplies.AssertIs("NoLogin", Refusal(report));
        Assert.Equal(SmtpStage.MailFrom, Stage(report));
    }

    [Fact]
    public async Task A_wrong_Send_As_is_refused_at_the_sender_and_a_granted_one_is_not()
    {
        await using var server = await StartAsync(new MailboxAccount(User) { SendAs = ["info@contoso.com"] });
        await using var transport = Connect(server, Password());

        PublicReplies.AssertIs("NoSendAs", Refusal(await SendAsync(transport, sender: "boss@contoso.com")));
        PublicReplies.AssertIs(
            "OtherAuthor", Refusal(await SendAsync(transport, author: "\"The boss\" <boss@contoso.com>")));
        var granted = await SendAsync(transport, sender: "INFO@contoso.com", author: "Info <info@contoso.com>");

        Assert.Equal(DeliveryStatus.Sent, granted.Status);
        Assert.Matches(@"^250 2\.0\.0 OK <\S+> \[Hostname=\S+\]$", granted.Reply!.ToString());
        Assert.Single(server.Messages);
    }

    [Fact]
    public async Task A_message_in_a_folder_is_judged_by_its_author_too()
    {
        var folder = Directory.CreateTempSubdirectory("mailadmin");
        var personality = new ExchangeOnlineSubmission(new() { Accounts = [new MailboxAccount(User)] });
        await using (
            var server = await SmtpTestServer.StartAsync(personality.Apply(new() { Folder = folder.FullName })))
        await using (var transport = Connect(server, Password()))
        {
            PublicReplies.AssertIs("OtherAuthor", Refusal(await SendAsync(transport, author: "boss@contoso.com")));
            Assert.Equal(DeliveryStatus.Sent, (await SendAsync(transport)).Status);
        }

        Assert.Single(folder.GetFiles("*.eml"));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void An_account_given_twice_is_a_mistake()
    {
        var failure = Assert.Throws<SmtpTestServerException>(() => new ExchangeOnlineSubmission(
            new() { Accounts = [new MailboxAccount(User), new MailboxAccount("SCANNER@contoso.com")] }));
        Assert.Equal("InvalidServerOptions", failure.ErrorId);
    }

    [Fact]
    public void There_is_no_port_465()
    {
        var failure = Assert.Throws<SmtpTestServerException>(() =>
            new ExchangeOnlineSubmission().Apply(new() { Security = SmtpServerSecurity.Implicit }));
        Assert.Contains("465", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_does_not_print_its_secrets() =>
        Assert.Equal(
            "MailboxAccount { User = a@b.example, State = Working }",
            new MailboxAccount("a@b.example") { Password = "hunter2", Token = "hunter3" }.ToString());

    private static Task<SmtpTestServer> StartAsync(MailboxAccount account) =>
        SmtpTestServer.StartAsync(new ExchangeOnlineSubmission(new() { Accounts = [account] }).Apply(new()));
}
