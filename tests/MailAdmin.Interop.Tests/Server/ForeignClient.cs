using System.Globalization;
using System.Text;
using MailAdmin.Interop.Tools;
using MailAdmin.Server;

namespace MailAdmin.Interop.Server;

/// <summary>A mail client that others wrote, made to send a given message to our server.</summary>
/// <param name="Port">Where our server listens.</param>
/// <param name="Security">How it speaks TLS.</param>
/// <param name="TrustedPath">PEM file with its certificate.</param>
/// <param name="Mechanism">The SASL mechanism to log in with; null to log in not at all.</param>
public sealed record ForeignClient(int Port, SmtpServerSecurity Security, string TrustedPath, string? Mechanism)
{
    /// <summary>The user that our server knows.</summary>
    public const string User = "tim";

    /// <summary>The user's password, or token with XOAUTH2.</summary>
    public const string Secret = "tanstaaf tanstaaf";

    /// <summary>The sender.</summary>
    public const string Sender = "sender@example.com";

    /// <summary>The recipients.</summary>
    public static readonly IReadOnlyList<string> Recipients = ["one@example.com", "two@example.net"];

    private static readonly ExternalTool Msmtp = new("msmtp");

    private string PortText => Port.ToString(CultureInfo.InvariantCulture);

    /// <summary>Sends a message whose lines end in CRLF.</summary>
    /// <param name="name">swaks, msmtp, smtplib or curl.</param>
    /// <param name="message">The message.</param>
    /// <param name="secret">What to log in with.</param>
    public Task<ToolResult> SendAsync(string name, byte[] message, string secret = Secret) => name switch
    {
        // It puts a CRLF of its own before the final dot.
        "swaks" => ExternalTool.Swaks.RunAsync(message.AsMemory(..^2), [.. SwaksArguments(secret)]),
        "msmtp" => Msmtp.RunAsync(WithUnixLines(message), [.. MsmtpArguments(secret)]),
        "curl" => ExternalTool.Curl.RunAsync(message, [.. CurlArguments(secret)]),
        _ => ExternalTool.Python.RunAsync(message, [.. SmtplibArguments(secret)]),
    };

    private static byte[] WithUnixLines(byte[] message) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(message).Replace("\r\n", "\n", StringComparison.Ordinal));

    private IEnumerable<string> SwaksArguments(string secret) =>
    [
        "--server", "localhost", "--port", PortText, "--ehlo", "client.example",
        "--from", Sender, "--to", string.Join(',', Recipients), "--data", "-", "--timeout", "60",
        .. Security switch
        {
            SmtpServerSecurity.StartTls => new[] { "--tls" },
            SmtpServerSecurity.Implicit => ["--tls-on-connect"],
            _ => [],
        },
        .. Security == SmtpServerSecurity.None ? Array.Empty<string>() : ["--tls-verify", "--tls-ca-path", TrustedPath],
        .. Mechanism is null
            ? Array.Empty<string>()
            : ["--auth", Mechanism, "--auth-user", User, "--auth-password", secret],
    ];

    private IEnumerable<string> MsmtpArguments(string secret) =>
    [
        "--file=/dev/null", "--host=localhost", $"--port={PortText}", $"--from={Sender}", "--domain=client.example",
        .. Security switch
        {
            SmtpServerSecurity.None => new[] { "--tls=off" },
            SmtpServerSecurity.StartTls =>
                ["--tls=on", "--tls-starttls=on", $"--tls-trust-file={TrustedPath}"],
            _ => ["--tls=on", "--tls-starttls=off", $"--tls-trust-file={TrustedPath}"],
        },
        .. Mechanism is null
            ? new[] { "--auth=off" }
            : [$"--auth={Mechanism.ToLowerInvariant()}", $"--user={User}", $"--passwordeval=printf '%s' '{secret}'"],
        "--", .. Recipients,
    ];

    private IEnumerable<string> CurlArguments(string secret) =>
    [
        "--silent", "--show-error", "--verbose",
        "--url",
        $"{(Security == SmtpServerSecurity.Implicit ? "smtps" : "smtp")}://localhost:{PortText}/client.example",
        "--mail-from", Sender, .. Recipients.SelectMany(recipient => new[] { "--mail-rcpt", recipient }),
        "--upload-file", "-",
        .. Security == SmtpServerSecurity.None ? Array.Empty<string>() : ["--ssl-reqd", "--cacert", TrustedPath],
        .. Mechanism switch
        {
            null => Array.Empty<string>(),
            "XOAUTH2" => ["--user", User, "--oauth2-bearer", secret],
            _ => ["--user", $"{User}:{secret}", "--login-options", $"AUTH={Mechanism}"],
        },
    ];

    private IEnumerable<string> SmtplibArguments(string secret) =>
    [
        ExternalTool.Script("Tools/smtplib_send.py"), PortText, "--sender", Sender,
        "--security", Security.ToString().ToLowerInvariant(),
        .. Security == SmtpServerSecurity.None ? Array.Empty<string>() : ["--ca", TrustedPath],
        .. Mechanism is null ? Array.Empty<string>() : ["--user", User, "--password", secret, "--mechanism", Mechanism],
        .. Recipients,
    ];
}
