namespace MailAdmin.Interop.Servers;

/// <summary>
/// Debian's OpenSMTPD, unpacked. It offers neither SMTPUTF8, nor PIPELINING, nor CHUNKING. It has no TLS here: Debian
/// 12's build offers STARTTLS but cannot finish a handshake ("missing private key" with OpenSSL 3), and it allows a
/// login only within TLS. It removes Bcc fields, and delivers a copy to each recipient.
/// </summary>
public sealed class OpenSmtpdServer : MailServer
{
    private static readonly UnpackedPackage Package = new("/usr/sbin/smtpd", "opensmtpd");

    /// <summary>Prepares the server; xunit starts it.</summary>
    public OpenSmtpdServer()
        : base("opensmtpd")
    {
    }

    /// <summary>Its port on 127.0.0.1.</summary>
    public int Port { get; } = LoopbackPorts.Find();

    /// <inheritdoc/>
    protected override string? Missing => Package.Missing;

    private string Configuration => $$"""
        table everyone { "@" = {{UnpackedPackage.DeliveryUser}} }
        smtp max-message-size 300M
        smtp limit max-mails 100000
        smtp limit max-rcpt 100000
        listen on 127.0.0.1 port {{Port}} hostname opensmtpd.example.test
        action "store" maildir "{{Store.Directory}}" virtual <everyone>
        match from any for any rcpt-to regex "^refused@" reject
        match from any mail-from regex "^denied@" for any reject
        match from any for any action "store"

        """;

    /// <inheritdoc/>
    protected override async Task StartAsync()
    {
        // The server demands this directory for its processes' root.
        Directory.Subdirectory("private/lib");
        Directory.Subdirectory("private/lib/opensmtpd");
        Directory.Subdirectory("private/lib/opensmtpd/empty");
        var files = new Dictionary<string, string> { ["smtpd.conf"] = Configuration };
        var server = Run(Package.Command(Directory, ["opensmtpd", "opensmtpq"], files, "-d"));
        await server.WaitUntilListeningAsync(Port);
        await server.WaitForGreetingAsync(Port);
    }
}
