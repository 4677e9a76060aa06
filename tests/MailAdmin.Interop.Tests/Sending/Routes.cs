using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Servers;
using MailAdmin.Sasl;
using MailAdmin.Transports;

namespace MailAdmin.Interop.Sending;

/// <summary>The routes to the fixtures' servers.</summary>
internal static class Routes
{
    /// <summary>To a port of a server whose authority is trusted; the rest is as it is by default.</summary>
    public static SmtpRoute To(MailServer server, int port) => new()
    {
        Host = "localhost",
        Port = port,
        LocalHost = "client.example.test",
        TrustedRoots = [server.Certificates.Authority],
    };

    /// <summary>To a service of Postfix.</summary>
    public static SmtpRoute To(PostfixServer server, PostfixService service) => To(server, server.Port(service));

    /// <summary>The route with the security, the login and the way to send that a case wants.</summary>
    public static SmtpRoute For(this SmtpRoute route, MessageCase wanted) => route with
    {
        Security = wanted.Security switch
        {
            SecurityKind.StartTls => ConnectionSecurity.StartTls,
            SecurityKind.Implicit => ConnectionSecurity.Implicit,
            _ => ConnectionSecurity.None,
        },
        Credential = wanted.Login == LoginKind.None
            ? null
            : new PasswordCredential(Accounts.Plain.User, Accounts.Plain.Password),
        Mechanism = Mechanism(wanted.Login),
        AllowPlaintextAuth = wanted.Security == SecurityKind.None,

        // Where all recipients are required the client has to know them accepted before it sends, so it takes DATA.
        RequireAllRecipients = !wanted.Chunking,
    };

    private static string? Mechanism(LoginKind kind) => kind switch
    {
        LoginKind.None => null,
        LoginKind.Plain => "PLAIN",
        LoginKind.Login => "LOGIN",
        LoginKind.CramMd5 => "CRAM-MD5",
        LoginKind.ScramSha1 => "SCRAM-SHA-1",
        LoginKind.ScramSha256 => "SCRAM-SHA-256",
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };
}
