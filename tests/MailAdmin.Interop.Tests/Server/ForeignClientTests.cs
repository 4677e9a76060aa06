using System.Security.Cryptography;
using System.Text;
using MailAdmin.Interop.Storage;
using MailAdmin.Server;

namespace MailAdmin.Interop.Server;

/// <summary>
/// What swaks, msmtp, Python's smtplib and curl send to our server is what it keeps, octet for octet.
/// </summary>
public sealed class ForeignClientTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestDirectory _directory = new("server");

    public static TheoryData<string, SmtpServerSecurity, string?> Ways()
    {
        var ways = new TheoryData<string, SmtpServerSecurity, string?>();
        foreach (var client in Clients)
        {
            foreach (var security in Enum.GetValues<SmtpServerSecurity>())
            {
                foreach (var mechanism in new[] { null, "PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2" })
                {
                    if (mechanism != "XOAUTH2" || client is "curl" or "msmtp")
                    {
                        ways.Add(client, security, mechanism);
                    }
                }
            }
        }

        return ways;
    }

    public static TheoryData<string, string> Contents()
    {
        var contents = new TheoryData<string, string>();
        foreach (var client in Clients)
        {
            // To a message without a body swaks adds an empty one.
            foreach (var name in Messages.Keys.Where(name => client != "swaks" || name != "no body"))
            {
                contents.Add(client, name);
            }
        }

        return contents;
    }

    private static string[] Clients => ["swaks", "msmtp", "smtplib", "curl"];

    private static Dictionary<string, Func<byte[]>> Messages => new()
    {
        ["text"] = () => Message("Hello.\r\n"),
        ["dots"] = () => Message(".\r\n..\r\n...\r\n.x\r\n\r\n.\r\nx.\r\n.."u8, "\r\n"u8),
        ["octets over 127"] = () => Message("Grüße, 漢字\r\n"u8, [0xFF, 0xFE, 0x80, (byte)'\r', (byte)'\n']),
        ["no body"] = () => Message(""),
        ["long lines"] = () => Message(new string('x', 5000) + "\r\n" + new string('.', 998) + "\r\n"),
        ["25 MB"] = () => Message(string.Concat(Enumerable.Repeat($"{new string('A', 70)}\r\n.dotted\r\n", 310_000))),
    };

    public void Dispose() => _directory.Dispose();

    [SkippableTheory]
    [MemberData(nameof(Ways))]
    public async Task Takes_a_message_over_every_security_and_login(
        string name, SmtpServerSecurity security, string? mechanism)
    {
        await using var server = await StartAsync(security);
        var message = Message(".leading dot, Grüße\r\n");

        (await Client(server, security, mechanism).SendAsync(name, message)).EnsureSuccess();

        var received = Assert.Single(await server.WaitForMessageAsync(1, Patience));
        Assert.Equal(Encoding.UTF8.GetString(message), Encoding.UTF8.GetString(received.Content.Span));
        Assert.Equal(ForeignClient.Sender, received.Envelope.ReversePath!.ToWireString());
        Assert.Equal(
            ForeignClient.Recipients,
            received.Envelope.Recipients.Select(recipient => recipient.Address.ToWireString()));
        Assert.Equal(security == SmtpServerSecurity.None, received.Session.TlsProtocol is null);
        Assert.Equal(
            (mechanism is null ? null : ForeignClient.User, mechanism), (received.User, received.Session.Mechanism));
    }

    [SkippableTheory]
    [InlineData("swaks", "PLAIN")]
    [InlineData("swaks", "CRAM-MD5")]
    [InlineData("msmtp", "LOGIN")]
    [InlineData("msmtp", "XOAUTH2")]
    [InlineData("smtplib", "PLAIN")]
    [InlineData("smtplib", "CRAM-MD5")]
    [InlineData("curl", "LOGIN")]
    [InlineData("curl", "XOAUTH2")]
    public async Task Refuses_a_wrong_secret(string name, string mechanism)
    {
        await using var server = await StartAsync(SmtpServerSecurity.None, requireLogin: true);

        var result = await Client(server, SmtpServerSecurity.None, mechanism)
            .SendAsync(name, Message("x\r\n"), "wrong");

        Assert.NotEqual(0, result.ExitCode);
        Assert.Empty(server.Messages);
    }

    [SkippableTheory]
    [MemberData(nameof(Contents))]
    public async Task Keeps_what_was_sent_in_memory_and_in_a_folder(string name, string content)
    {
        var message = Messages[content]();
        foreach (var folder in new[] { null, Path.Combine(_directory.Path, "mail") })
        {
            await using var server = await StartAsync(SmtpServerSecurity.StartTls, folder);
            (await Client(server, SmtpServerSecurity.StartTls, null).SendAsync(name, message)).EnsureSuccess();

            var received = Assert.Single(await server.WaitForMessageAsync(1, Patience));
            await using var stored = received.OpenRead();
            Assert.Equal(message.Length, received.Size);
            Assert.Equal(SHA256.HashData(message), await SHA256.HashDataAsync(stored));
        }
    }

    private static byte[] Message(string body) => Message(Encoding.UTF8.GetBytes(body), []);

    private static byte[] Message(ReadOnlySpan<byte> body, ReadOnlySpan<byte> end) =>
    [
        .. "Date: Sun, 01 Nov 2026 12:00:00 +0000\r\nFrom: sender@example.com\r\nMessage-ID: <1@example.com>\r\n"u8,
        .. "Subject: interop\r\n\r\n"u8, .. body, .. end,
    ];

    private Task<SmtpTestServer> StartAsync(
        SmtpServerSecurity security, string? folder = null, bool requireLogin = false) =>
        SmtpTestServer.StartAsync(new()
        {
            Security = security,
            Folder = folder,
            RequireAuthentication = requireLogin,
            Users = new Dictionary<string, string> { [ForeignClient.User] = ForeignClient.Secret },
        });

    private ForeignClient Client(SmtpTestServer server, SmtpServerSecurity security, string? mechanism) => new(
        server.Endpoint.Port,
        security,
        server.Certificate is { } certificate ? _directory.Write("server.pem", certificate.ExportCertificatePem()) : "",
        mechanism);
}
