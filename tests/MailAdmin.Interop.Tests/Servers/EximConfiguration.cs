using MailAdmin.Interop.Certificates;

namespace MailAdmin.Interop.Servers;

/// <summary>The text of Exim's configuration.</summary>
internal static class EximConfiguration
{
    private const string UsersPath = "/etc/exim4/users";

    private const string Body = """
        primary_hostname = exim.example.test
        local_interfaces = <; 127.0.0.1
        daemon_smtp_ports = PORTS
        tls_on_connect_ports = IMPLICIT
        tls_advertise_hosts = *
        tls_certificate = CERTIFICATE
        tls_privatekey = PRIVATEKEY
        tls_verify_certificates = AUTHORITY
        tls_verify_hosts = ${if eq{$received_port}{MUTUAL}{*}}
        auth_advertise_hosts = ${if eq{$tls_in_cipher}{}{}{*}}
        smtputf8_advertise_hosts = *
        chunking_advertise_hosts = *
        dsn_advertise_hosts = *
        message_size_limit = 300M
        recipients_max = 0
        smtp_accept_max = 0
        smtp_accept_queue_per_connection = 0
        smtp_enforce_sync = true
        check_spool_space = 0
        check_spool_inodes = 0
        host_lookup =
        rfc1413_hosts =
        keep_environment =
        message_logs = false
        log_file_path = /var/log/exim4/%slog
        acl_smtp_mail = check_mail
        acl_smtp_rcpt = check_rcpt

        begin acl
        check_mail:
          deny condition = ${if eq{$sender_address_local_part}{denied}}
               message = 550 5.7.60 Client does not have permissions to send as this sender
          accept
        check_rcpt:
          deny condition = ${if eq{$received_port}{SUBMISSION}}
               !authenticated = *
               message = 550 5.7.1 Authentication required
          deny local_parts = refused
               message = 550 5.1.1 No such user
          defer local_parts = deferred
               message = 450 4.2.1 Try later
          accept

        begin routers
        all:
          driver = accept
          transport = store

        begin transports
        store:
          driver = appendfile
          user = OWNER
          directory = STORE
          maildir_format
          envelope_to_add
          return_path_add
          batch_max = 5000

        begin retry
        * * F,1h,1m

        begin authenticators
        plain:
          driver = plaintext
          public_name = PLAIN
          server_condition = ${if eq{$auth3}{${lookup{$auth2}lsearch{USERS}{$value}fail}}}
          server_set_id = $auth2
        login:
          driver = plaintext
          public_name = LOGIN
          server_prompts = Username:: : Password::
          server_condition = ${if eq{$auth2}{${lookup{$auth1}lsearch{USERS}{$value}fail}}}
          server_set_id = $auth1
        cram:
          driver = cram_md5
          public_name = CRAM-MD5
          server_secret = ${lookup{$auth1}lsearch{USERS}{$value}fail}
          server_set_id = $auth1
        """;

    /// <summary>The logins.</summary>
    public static string Users { get; } =
        string.Concat(Accounts.All.Select(account => $"{account.User}: {account.Password}\n"));

    /// <summary>
    /// Takes mail for everyone but recipients named refused@ and deferred@ and senders named denied@, and refuses
    /// commands that come ahead of their turn.
    /// </summary>
    public static string Write(
        string store,
        TestCertificates certificates,
        IReadOnlyDictionary<EximService, int> ports) => $"""
        PORTS = {string.Join(" : ", ports.Values)}
        IMPLICIT = {ports[EximService.ImplicitTls]}
        SUBMISSION = {ports[EximService.Submission]}
        CERTIFICATE = {certificates.Valid.CertificatePath}
        PRIVATEKEY = {certificates.Valid.KeyPath}
        AUTHORITY = {certificates.AuthorityPath}
        MUTUAL = {ports[EximService.ClientCertificate]}
        OWNER = {UnpackedPackage.DeliveryUser}
        STORE = {store}
        USERS = {UsersPath}
        {Body}
        """;
}
