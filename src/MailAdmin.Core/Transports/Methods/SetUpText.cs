using System.Net.Sockets;

namespace MailAdmin.Transports.Methods;

/// <summary>Puts what is known of the user's own into a method's set-up; what is not known stays as words in brackets.</summary>
internal static class SetUpText
{
    public static IReadOnlyList<SetUpStep> For(SendMethodFacts method, SendMethodWishes wishes, string? host)
    {
        var domain = wishes.Endpoint?.Domain.Ascii;
        var addresses = wishes.PublicAddresses;
        var values = new Dictionary<string, string>
        {
            ["{host}"] = host ?? (method.UsesMx ? "<the SmartHost that Get-MxEndpoint finds>" : "<the server's name>"),
            ["{domain}"] = domain ?? "<your domain>",
            ["{mailbox}"] = domain is null ? "<address>" : $"<address>@{domain}",
            ["{certificate}"] = wishes.CertificateName ?? (domain is null ? "<name in the certificate>" : $"*.{domain}"),
            ["{addresses}"] = addresses.Count == 0 ? "<your public IP address>" : string.Join(',', addresses),
            ["{deviceAddresses}"] = "<addresses of the devices>",
            ["{spf}"] = addresses.Count == 0
                ? "ip4:<your public IP address>"
                : string.Join(' ', addresses.Select(a => a.AddressFamily == AddressFamily.InterNetwork ? $"ip4:{a}" : $"ip6:{a}")),
        };
        return
        [
            .. method.SetUp
                .Where(step => IsShown(step, wishes))
                .Select(step => step with { Title = Fill(step.Title), Lines = [.. step.Lines.Select(Fill)] }),
        ];

        string Fill(string text) =>
            values.Aggregate(text, (filled, pair) => filled.Replace(pair.Key, pair.Value, StringComparison.Ordinal));
    }

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
