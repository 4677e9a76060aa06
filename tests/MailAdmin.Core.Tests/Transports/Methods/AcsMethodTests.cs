using MailAdmin.Addressing;
using MailAdmin.Sasl;
using MailAdmin.Server;
using MailAdmin.Smtp;
using MailAdmin.Tests.Smtp;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

/// <summary>
/// The method Acs from its name to the mailbox. The replies of Azure Communication Services are not public, so the
/// server is the plain one, with the service's name, logins and limits.
/// </summary>
public sealed class AcsMethodTests : IAsyncDisposable
{
    private const string Host = "smtp.azurecomm.net";
    private const string From = "reports@contoso.com";
    private const string App = "contoso-mail.11111111-2222-3333-4444-555555555555.8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c";
    private const string Secret = "the-app's_client~secret";

    private readonly List<SmtpLogin> _logins = [];
    private SmtpTestServer? _server;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(App)]
    [InlineData("reports@contoso.com")]
    [InlineData("reports")]
    public async Task Logs_in_over_TLS_and_sends_to_many_in_batches_of_fifty(string user)
    {
        await using var transport = await OpenAsync(user, Secret);

        var report = await SendAsync(transport, Enumerable.Range(0, 120).Select(i => $"r{i}@fabrikam.com"));

        Assert.True(report.Status == DeliveryStatus.Sent, report.Error?.ToString());
        Assert.Equal(("Acs", $"{Host}:587"), (report.Method, report.Server));
        Assert.NotNull(report.TlsProtocol);
        Assert.Equal([50, 50, 20], _server!.Messages.Select(message => message.Envelope.Recipients.Count));
        var login = Assert.Single(_logins);
        Assert.Equal(user, login.User);
        Assert.True(login.Proves(Secret));
    }

    [Fact]
    public async Task Says_that_a_message_is_too_large_before_it_is_sent()
    {
        await using var transport = await OpenAsync(App, Secret, size: 1000);

        var report = await SendAsync(transport, ["a@fabrikam.com"], new string('x', 1000));

        Assert.IsType<MessageTooLargeException>(report.Error);
        Assert.Empty(_server!.Messages);
    }

    [Fact]
    public async Task A_wrong_secret_is_tried_once()
    {
        await using var transport = await OpenAsync(App, "another");

        var first = await SendAsync(transport, ["a@fabrikam.com"]);
        var second = await SendAsync(transport, ["b@fabrikam.com"]);

        Assert.IsType<AuthenticationFailedException>(first.Error);
        Assert.Same(first.Error, second.Error);
        Assert.DoesNotContain("another", first.Error!.ToString(), StringComparison.Ordinal);
        Assert.Single(_logins);
    }

    [Theory]
    [InlineData("contoso|11111111-2222-3333-4444-555555555555", "2 parts")]
    [InlineData("contoso.11111111-2222-3333-4444-555555555555.contoso.com", "4 parts")]
    [InlineData("11111111-2222-3333-4444-555555555555", "an id alone")]
    public async Task A_name_that_cannot_be_one_finds_no_route(string user, string why)
    {
        var failure = await Assert.ThrowsAsync<MailRouteException>(() => OpenAsync(user, Secret));

        Assert.Equal("AcsUserNameInvalid", failure.ErrorId);
        Assert.Contains(why, failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.ToString(), StringComparison.Ordinal);
    }

    private async Task<SmtpTransport> OpenAsync(string user, string password, long size = 10_485_760)
    {
        _server = await SmtpTestServer.StartAsync(new()
        {
            Certificate = ServerCertificate.Create(Host, [], DateTimeOffset.UtcNow),
            Security = SmtpServerSecurity.StartTls,
            RequireTls = true,
            RequireAuthentication = true,
            Authenticate = login =>
            {
                _logins.Add(login);
                return login.Proves(Secret);
            },
            MaxRecipients = 50,
            MaxMessageSize = size,
        });
        var route = (await MethodRoutes.FindAsync(SendMethodId.Acs, new PasswordCredential(user, password))).Route;
        return new SmtpTransport(
            route with { TrustedRoots = [_server.Certificate!] }, new Detour(_server.Port), transcript: null);
    }

    private static Task<DeliveryReport> SendAsync(SmtpTransport transport, IEnumerable<string> to, string text = "y") =>
        transport.SendAsync(
            new OutgoingMessage(
                new TextMessage($"From: {From}\r\nSubject: x\r\n\r\n{text}\r\n"),
                new Envelope(
                    EmailAddress.Parse(From), [.. to.Select(a => new EnvelopeRecipient(EmailAddress.Parse(a)))])),
            null,
            CancellationToken.None);
}
