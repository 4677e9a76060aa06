using System.Net;
using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// By what a tenant knows its own servers and devices: their address, or the name in their certificate.
/// </summary>
public sealed record InboundConnector
{
    private InboundConnector(IPNetwork? network, string? certificateName)
    {
        Network = network;
        CertificateName = certificateName;
    }

    /// <summary>The addresses; null for a connector by certificate.</summary>
    public IPNetwork? Network { get; }

    /// <summary>
    /// The name, such as <c>relay.contoso.com</c>, or <c>*.contoso.com</c> for any below it and a wildcard certificate
    /// too; null for a connector by address.
    /// </summary>
    public string? CertificateName { get; }

    /// <summary>Reads an address, a network such as <c>192.0.2.0/24</c>, or a certificate's name.</summary>
    /// <exception cref="SmtpTestServerException">It is none of them (<c>InvalidConnector</c>).</exception>
    public static InboundConnector Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (IPAddress.TryParse(text, out var address))
        {
            return new(new IPNetwork(address, address.GetAddressBytes().Length * 8), null);
        }

        if (IPNetwork.TryParse(text, out var network))
        {
            return new(network, null);
        }

        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return DomainName.TryParse(name, out _, out var reason) && name.Contains('.', StringComparison.Ordinal)
            ? new(null, text)
            : throw new SmtpTestServerException(
                "InvalidConnector",
                MailErrorKind.InvalidInput,
                $"'{text}' is no connector: it is neither an address nor a certificate's name" +
                (reason.Length == 0 ? "." : $", as {reason}."),
                "Give an address (192.0.2.7), a network (192.0.2.0/24), or a name (mail.contoso.com).");
    }

    /// <summary>True when the client is known by this.</summary>
    internal bool Knows(SmtpSessionInfo session) =>
        Network is { } network
            ? session.RemoteEndPoint?.Address is { } address && Contains(network, address)
            : session.ClientCertificate is { } certificate && CertificateNames.Of(certificate).Any(Matches);

    private static bool Contains(IPNetwork network, IPAddress address) =>
        network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    private bool Matches(string name) =>
        name.Equals(CertificateName, StringComparison.OrdinalIgnoreCase) ||
        (CertificateName is ['*', ..] && name.EndsWith(CertificateName[1..], StringComparison.OrdinalIgnoreCase));
}
