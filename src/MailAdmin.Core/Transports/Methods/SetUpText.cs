using System.Net;
using System.Net.Sockets;
using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// Puts what is known of the user's own into a method's set-up; what is not known stays as words in brackets.
/// </summary>
internal static class SetUpText
{
    public static IReadOnlyList<SetUpStep> For(
        SendMethodFacts method, SendMethodWishes wishes, string? host, PhraseBook words)
    {
        var domain = wishes.Endpoint?.Domain.Ascii;
        // A connector takes no IPv6 address.
        var connectable = wishes.PublicAddresses.Where(a => a.AddressFamily == AddressFamily.InterNetwork).ToArray();
        var values = new Dictionary<string, string>
        {
            ["{host}"] = host ?? Say(method.UsesMx ? new Phrase("PlaceSmartHost") : new Phrase("PlaceServer")),
            ["{domain}"] = domain ?? Say(new Phrase("PlaceDomain")),
            ["{mailbox}"] = Say(domain is null ? new Phrase("PlaceAddress") : new Phrase("PlaceAddressAt", domain)),
            ["{certificate}"] = wishes.CertificateName
                ?? (domain is null ? Say(new Phrase("PlaceCertificate")) : $"*.{domain}"),
            ["{addresses}"] = connectable.Length == 0
                ? Say(new Phrase("PlacePublicAddress"))
                : string.Join<IPAddress>(',', connectable),
            ["{deviceAddresses}"] = Say(new Phrase("PlaceDeviceAddresses")),
            ["{spf}"] = wishes.PublicAddresses.Count == 0
                ? $"ip4:{Say(new Phrase("PlacePublicAddress"))}"
                : string.Join(' ', wishes.PublicAddresses.Select(SpfTerm)),
        };
        return
        [
            .. method.SetUp
                .Where(step => IsShown(step, wishes))
                .Select(step => step with { Title = Fill(step.Title), Lines = [.. step.Lines.Select(Fill)] }),
        ];

        string Say(Phrase phrase) => words.Text(phrase);

        string Fill(string text) =>
            values.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
    }

    private static string SpfTerm(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetwork ? $"ip4:{address}" : $"ip6:{address}";

    // With both or none of the two known, both ways are shown.
    private static bool IsShown(SetUpStep step, SendMethodWishes wishes)
    {
        var certificate = (wishes.HasCertificate || wishes.CertificateName is not null) && !wishes.NoTls12;
        var address = wishes.HasStaticIp || wishes.PublicAddresses.Count > 0;
        return step.When switch
        {
            SetUpCondition.Certificate => certificate || !address,
            SetUpCondition.Address => address || !certificate,
            _ => true,
        };
    }
}
