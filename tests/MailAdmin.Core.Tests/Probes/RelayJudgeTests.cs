using System.Net;
using System.Security.Cryptography.X509Certificates;
using MailAdmin.Addressing;
using MailAdmin.Probes;
using MailAdmin.Sasl;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Probes;

public sealed class RelayJudgeTests
{
    private static readonly RelayJudge Judge = new(SendMethodCatalog.BuiltIn);

    /// <summary>All that speaks for an open relay.</summary>
    private static RelayEvidence Suspect => new(
        new SmtpRoute { Host = "mail.fabrikam.example" },
        EmailAddress.Parse("printer@example.com"),
        EmailAddress.Parse("anna@example.net"))
    {
        IsAccepted = true,
        ServesSender = false,
        ServesRecipient = false,
        Server = IPAddress.Parse("198.51.100.7"),
        Client = IPAddress.Parse("203.0.113.9"),
    };

    [Fact]
    public void Suspects_a_public_server_without_a_tie_to_either_side()
    {
        var finding = Judge.Judge(Suspect);
        Assert.True(finding.MayBeOpenRelay);
        Assert.Contains("203.0.113.9", finding.Reason, StringComparison.Ordinal);
        Assert.Contains("from another network", finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Suspects_it_with_the_empty_sender_and_behind_a_router_too()
    {
        Assert.True(Judge.Judge(Suspect with { From = null, ServesSender = null }).MayBeOpenRelay);
        Assert.True(Judge.Judge(Suspect with { Client = null }).MayBeOpenRelay);
    }

    public static TheoryData<string, string> Innocent => new()
    {
        { "refused", "no server of Microsoft 365" },
        { "private server", "10.1.2.3, which nobody outside can reach" },
        { "private client", "192.168.7.7, which nobody outside has" },
        { "neighbour", "neighbours" },
        { "neighbour of six", "neighbours" },
        { "certificate", "client certificate" },
        { "sender's exchanger", "a mail exchanger of example.com" },
        { "recipient's exchanger", "a mail exchanger of example.net" },
        { "sender's name", "named within example.com" },
        { "DNS silent", "the DNS did not say" },
        { "not reached", "was not reached" },
    };

    [Theory]
    [MemberData(nameof(Innocent))]
    public void Suspects_no_server_that_may_have_its_reasons(string what, string reason)
    {
        using var certificate = TestCertificates.CreateRoot();
        var evidence = what switch
        {
            "refused" => Suspect with { IsAccepted = false },
            "private server" => Suspect with { Server = IPAddress.Parse("10.1.2.3") },
            "private client" => Suspect with { Client = IPAddress.Parse("192.168.7.7") },
            "neighbour" => Suspect with { Client = IPAddress.Parse("198.51.100.200") },
            "neighbour of six" => Suspect with
            {
                Server = IPAddress.Parse("2001:db8:1:2::3"),
                Client = IPAddress.Parse("2001:db8:1:ffff::3"),
            },
            "certificate" => Suspect with
            {
                Route = Suspect.Route with { ClientCertificates = new X509Certificate2Collection(certificate) },
            },
            "sender's exchanger" => Suspect with { ServesSender = true },
            "recipient's exchanger" => Suspect with { ServesRecipient = true },
            "sender's name" => Suspect with { Route = new SmtpRoute { Host = "relay.example.com" } },
            "not reached" => Suspect with { Server = null, IsAccepted = false },
            _ => Suspect with { ServesSender = null },
        };
        var finding = Judge.Judge(evidence);
        Assert.False(finding.MayBeOpenRelay);
        Assert.Contains(reason, finding.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("smtp.office365.com", true, SendMethodId.Submission)]
    [InlineData("smtp.hve.mx.microsoft", true, SendMethodId.Hve)]
    [InlineData("smtp.azurecomm.net", true, SendMethodId.Acs)]
    [InlineData("smtp.gmail.com", true, SendMethodId.Gmail)]
    [InlineData("mail.fabrikam.example", true, SendMethodId.OnPremises)]
    [InlineData("example-com.mail.protection.outlook.com", false, SendMethodId.Relay)]
    [InlineData("example-com.o-v1.mx.microsoft", false, SendMethodId.Relay)]
    public void Names_the_services_of_the_catalogue(string host, bool hasLogin, SendMethodId expected)
    {
        var route =
            new SmtpRoute { Host = host, Credential = hasLogin ? new PasswordCredential("user", "secret") : null };
        var finding = Judge.Judge(Suspect with { Route = route });
        Assert.Equal(expected, finding.Method);
        Assert.False(finding.MayBeOpenRelay);
        Assert.Contains(host, finding.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_Direct_Send_from_a_connector_by_the_recipient()
    {
        var endpoint = Suspect with { Route = new SmtpRoute { Host = "example-com.mail.protection.outlook.com" } };
        Assert.Equal(SendMethodId.Relay, Judge.Judge(endpoint).Method);
        Assert.Equal(
            SendMethodId.DirectSend, Judge.Judge(endpoint with { To = EmailAddress.Parse("bob@example.com") }).Method);
    }
}
