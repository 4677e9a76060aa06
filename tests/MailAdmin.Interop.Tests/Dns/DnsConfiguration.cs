namespace MailAdmin.Interop.Dns;

/// <summary>The texts of the servers' configurations.</summary>
internal static class DnsConfiguration
{
    /// <summary>Knot, with all zones.</summary>
    public static string Knot(string place, int port, DnsZones zones) => $"""
        server:
            rundir: "{place}"
            listen: 127.0.0.1@{port}
            udp-workers: 1
            tcp-workers: 1
            background-workers: 1
        database:
            storage: "{place}"
        log:
          - target: stderr
            any: warning
        template:
          - id: default
            journal-content: none
            zonefile-sync: -1
        zone:
        {string.Join('\n', DnsZones.All.Select(zone => $"  - domain: {zone}\n    file: \"{zones.PathOf(zone)}\""))}

        """;

    /// <summary>BIND, with all zones.</summary>
    public static string Bind(string place, int port, DnsZones zones) => $$"""
        options {
            directory "{{place}}";
            pid-file none;
            session-keyfile none;
            listen-on port {{port}} { 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            dnssec-validation no;
            allow-transfer { none; };
            notify no;
        };
        controls { };
        {{string.Join('\n', DnsZones.All.Select(zone =>
            $"zone \"{zone}\" {{ type primary; check-names ignore; file \"{zones.PathOf(zone)}\"; }};"))}}

        """;

    /// <summary>Unbound, which asks Knot for the zones and trusts the keys of those that are signed.</summary>
    public static string Unbound(string place, int port, int knotPort, string anchors) => $"""
        server:
            interface: 127.0.0.1
            port: {port}
            directory: "{place}"
            chroot: ""
            username: ""
            pidfile: ""
            use-syslog: no
            logfile: ""
            verbosity: 1
            num-threads: 1
            do-ip6: no
            do-not-query-localhost: no
            local-zone: "test." nodefault
            module-config: "validator iterator"
            trust-anchor-file: "{anchors}"
            ede: yes
        remote-control:
            control-enable: no
        {string.Join('\n', DnsZones.All.Append(DnsServers.Lame).Select(zone => Stub(zone, knotPort)))}

        """;

    private static string Stub(string zone, int port) =>
        $"stub-zone:\n    name: \"{zone}\"\n    stub-addr: 127.0.0.1@{port}\n    stub-prime: no";
}
