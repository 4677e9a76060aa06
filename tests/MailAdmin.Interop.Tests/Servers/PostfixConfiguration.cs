using MailAdmin.Interop.Certificates;

namespace MailAdmin.Interop.Servers;

/// <summary>The text of Postfix's two configuration files.</summary>
internal sealed class PostfixConfiguration(string root, string store, string storeScript, TestCertificates certificates)
{
    /// <summary>What the server calls itself, and the realm of Cyrus's logins.</summary>
    public const string HostName = "postfix.example.test";

    private const string StartTls = "-o smtpd_tls_security_level=may";
    private const string Tickets = "-o tls_ssl_options= -o smtpd_tls_protocols=TLSv1.2";
    private const string ForcedTls = "-o smtpd_tls_security_level=encrypt";
    private const string Login =
        "-o smtpd_sasl_auth_enable=yes -o smtpd_relay_restrictions=permit_sasl_authenticated,reject";

    /// <summary>
    /// Everything that would change a message on its way is off, Bcc's removal too, so that a Bcc that leaks is seen.
    /// Bare line feeds and commands sent ahead of their turn are refused. TLS sessions are not resumed: a client would
    /// resume at one service what it began at another, with that one's certificate. Recipients named refused@,
    /// deferred@ and senders named denied@ get an error.
    /// </summary>
    public string Main => $$"""
        compatibility_level = 3.6
        queue_directory = {{root}}/queue
        data_directory = {{root}}/data
        maillog_file = /dev/stdout
        multi_instance_enable = yes
        inet_interfaces = 127.0.0.1
        inet_protocols = ipv4
        myhostname = {{HostName}}
        mydestination =
        mynetworks = 127.0.0.0/8
        alias_maps =
        alias_database =
        local_recipient_maps =
        local_transport = store:all
        default_transport = store:all
        smtpd_relay_restrictions = permit_mynetworks, reject
        smtpd_recipient_restrictions =
            check_sender_access
              inline:{ {denied@ = 550 5.7.60 Client does not have permissions to send as this sender} }
            check_recipient_access inline:{ {refused@ = 550 5.1.1 No such user}, {deferred@ = 450 4.2.1 Try later} }
            permit
        smtputf8_enable = yes
        strict_smtputf8 = no
        message_size_limit = 314572800
        mailbox_size_limit = 0
        smtpd_recipient_limit = 2000
        smtpd_client_connection_count_limit = 0
        smtpd_forbid_bare_newline = yes
        smtpd_forbid_bare_newline_exclusions =
        smtpd_forbid_unauth_pipelining = yes
        smtpd_error_sleep_time = 0
        smtpd_soft_error_limit = 1000
        smtpd_hard_error_limit = 1000
        smtpd_junk_command_limit = 1000
        local_header_rewrite_clients =
        message_drop_headers =
        swap_bangpath = no
        allow_percent_hack = no
        smtpd_tls_chain_files = {{certificates.Valid.ChainPath}}
        smtpd_tls_CAfile = {{certificates.AuthorityPath}}
        smtpd_tls_loglevel = 1
        tls_ssl_options = NO_TICKET
        smtpd_sasl_type = dovecot
        smtpd_sasl_path = {{root}}/dovecot/auth
        smtpd_sasl_security_options = noanonymous
        smtpd_sasl_local_domain = {{HostName}}
        store_destination_recipient_limit = 2000
        """;

    /// <summary>The table helo-only, which turns a command into an unknown one.</summary>
    public const string HeloOnly = "/^EHLO/ XEHLO\n";

    /// <summary>One smtpd for each service, and the daemons that mail passes through.</summary>
    public string Master(IReadOnlyDictionary<PostfixService, int> ports) => $$"""
        postlog   unix-dgram n - n - 1 postlogd
        cleanup   unix n - n - 0 cleanup
        qmgr      unix n - n 300 1 qmgr
        rewrite   unix - - n - - trivial-rewrite
        bounce    unix - - n - 0 bounce
        defer     unix - - n - 0 bounce
        trace     unix - - n - 0 bounce
        verify    unix - - n - 1 verify
        flush     unix n - n 1000? 0 flush
        proxymap  unix - - n - - proxymap
        anvil     unix - - n - 1 anvil
        scache    unix - - n - 1 scache
        tlsmgr    unix - - n 1000? 1 tlsmgr
        showq     unix n - n - - showq
        error     unix - - n - - error
        retry     unix - - n - - error
        discard   unix - - n - - discard
        store     unix - n n - 10 pipe
          user=nobody null_sender= argv=/bin/sh {{storeScript}} {{store}} ${sender} ${recipient}
        {{string.Join('\n', ports.Select(port => Listener(port.Key, port.Value)))}}
        """;

    private string Listener(PostfixService service, int port) =>
        $"127.0.0.1:{port} inet n - n - - smtpd -o syslog_name=postfix/{service} {Options(service)}";

    private string Options(PostfixService service) => service switch
    {
        PostfixService.Relay => StartTls,
        PostfixService.Plain => "",
        PostfixService.PlainLogin => $"{Login} -o smtpd_tls_auth_only=no",
        PostfixService.Submission => $"{ForcedTls} {Login} -o smtpd_tls_auth_only=yes",
        PostfixService.NtlmLogin => $"{Login} -o smtpd_sasl_type=cyrus -o smtpd_sasl_path=smtpd",
        PostfixService.TokenLogin =>
            $"{ForcedTls} {Login} -o smtpd_tls_auth_only=yes -o smtpd_sasl_path={root}/dovecot-introspection/auth",
        PostfixService.ImplicitTls => "-o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes",
        PostfixService.ClientCertificate =>
            $"{ForcedTls} -o smtpd_tls_ask_ccert=yes -o smtpd_relay_restrictions=permit_tls_all_clientcerts,reject",
        PostfixService.ClientCertificateForced => $"{ForcedTls} -o smtpd_tls_req_ccert=yes",
        PostfixService.Small => "-o message_size_limit=20000",
        PostfixService.Bare => "-o smtpd_discard_ehlo_keywords=" +
            "pipelining,size,vrfy,etrn,auth,starttls,enhancedstatuscodes,8bitmime,dsn,smtputf8,chunking",
        PostfixService.HeloOnly => $"-o smtpd_command_filter=regexp:{root}/postfix/helo-only",
        PostfixService.Expired => WithCertificate(certificates.Expired),
        PostfixService.WrongName => WithCertificate(certificates.WrongName),
        PostfixService.SelfSigned => WithCertificate(certificates.SelfSigned),
        PostfixService.Revoked => WithCertificate(certificates.Revoked),
        PostfixService.RevocationUnknown => WithCertificate(certificates.RevocationUnknown),
        PostfixService.AllTls => $"{AllCiphers} -o smtpd_tls_protocols=>=TLSv1",
        PostfixService.OldTls => $"{AllCiphers} -o smtpd_tls_protocols=TLSv1,TLSv1.1",
        PostfixService.FewCiphers => $"{StartTls} -o smtpd_tls_protocols=TLSv1.2 -o tls_medium_cipherlist=" +
            "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-ECDSA-AES256-SHA384",
        PostfixService.Resuming => $"{StartTls} {Tickets}",
        PostfixService.ResumingWrongName => $"{WithCertificate(certificates.WrongName)} {Tickets}",
        _ => throw new ArgumentOutOfRangeException(nameof(service)),
    };

    // Debian's OpenSSL would not even offer what is older than TLS 1.2 at its own security level.
    private string AllCiphers =>
        $"{StartTls} -o smtpd_tls_chain_files={certificates.Rsa.ChainPath},{certificates.Valid.ChainPath} "
        + "-o tls_medium_cipherlist=ALL:COMPLEMENTOFALL:@SECLEVEL=0";

    private static string WithCertificate(CertificateFile certificate) =>
        $"{StartTls} -o smtpd_tls_chain_files={certificate.ChainPath}";
}
