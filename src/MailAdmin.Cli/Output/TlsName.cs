using System.Security.Authentication;

namespace MailAdmin.Cli.Output;

/// <summary>Protocol versions as people write them.</summary>
internal static class TlsName
{
    public static string Of(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLS 1.3",
        SslProtocols.Tls12 => "TLS 1.2",
        _ => protocol.ToString(),
    };
}
