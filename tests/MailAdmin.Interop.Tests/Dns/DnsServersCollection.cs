namespace MailAdmin.Interop.Dns;

/// <summary>The tests that share the DNS servers.</summary>
[CollectionDefinition(nameof(DnsServers))]
public sealed class DnsServersCollection : ICollectionFixture<DnsServers>;
