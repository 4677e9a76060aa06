using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns.Mail;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

public sealed class SendMethodAdvisorTests
{
    private static readonly MxEndpoint Contoso = new()
    {
        Domain = DomainName.Parse("contoso.com"),
        Kind = MxEndpointKind.Mx,
        SmartHost = "contoso-com.o-v1.mx.microsoft",
        Provider = "Microsoft365",
        ProviderName = "Microsoft 365",
    };

    [Fact]
    public void Without_wishes_submission_comes_first_and_nothing_is_excluded()
    {
        var ranked = Rank(new SendMethodWishes());

        Assert.Equal(SendMethodId.Submission, ranked[0].Id);
        Assert.Equal(Enumerable.Range(1, 8), ranked.Select(method => method.Rank));
        Assert.DoesNotContain(ranked, method => method.Verdict == SendMethodVerdict.DoesNotFit);
    }

    [Fact]
    public void External_recipients_exclude_Direct_Send_and_HVE() =>
        Assert.Equal(
            [SendMethodId.Hve, SendMethodId.DirectSend],
            Excluded(new SendMethodWishes { External = true }));

    [Fact]
    public void A_device_without_TLS_1_2_goes_to_a_server_or_sends_without_TLS()
    {
        var ranked = Rank(new SendMethodWishes { NoTls12 = true, HasOwnServer = true, HasStaticIp = true });

        Assert.Equal(SendMethodId.OnPremises, ranked[0].Id);
        Assert.Equal(SendMethodVerdict.FitsWithConditions, Find(ranked, SendMethodId.Submission).Verdict);
        Assert.Contains(
            Find(ranked, SendMethodId.Submission).Reasons,
            reason => reason.Text.Contains("AllowLegacyTLSClients", StringComparison.Ordinal));
        Assert.Equal(
            [SendMethodId.Hve, SendMethodId.Acs, SendMethodId.Graph, SendMethodId.Gmail],
            Excluded(new SendMethodWishes { NoTls12 = true }));
    }

    [Fact]
    public void A_device_without_a_login_needs_relay_Direct_Send_or_a_server() =>
        Assert.Equal(
            [SendMethodId.Relay, SendMethodId.DirectSend, SendMethodId.OnPremises],
            Rank(new SendMethodWishes { NoLogin = true, HasStaticIp = true })
                .Where(method => method.Verdict != SendMethodVerdict.DoesNotFit).Select(method => method.Id));

    [Fact]
    public void Hosting_elsewhere_excludes_relay() =>
        Assert.Equal([SendMethodId.Relay], Excluded(new SendMethodWishes { HostedElsewhere = true }));

    [Fact]
    public void A_copy_among_the_sent_items_needs_a_mailbox() =>
        Assert.Equal(
            [SendMethodId.Submission, SendMethodId.Graph, SendMethodId.Gmail],
            Rank(new SendMethodWishes { SaveToSentItems = true })
                .Where(method => method.Verdict == SendMethodVerdict.Fits).Select(method => method.Id));

    [Fact]
    public void Port_25_closed_excludes_the_MX_endpoint() =>
        Assert.Equal(
            [SendMethodId.Relay, SendMethodId.DirectSend], Excluded(new SendMethodWishes { Port25Blocked = true }));

    [Theory]
    [InlineData(400, "")]
    [InlineData(501, "Gmail")]
    [InlineData(10_001, "Submission Graph Gmail")]
    [InlineData(200_000, "Submission Acs Graph Gmail")]
    public void Recipients_a_day_are_compared_with_the_limits(int count, string excluded) =>
        Assert.Equal(
            excluded,
            string.Join(' ', Excluded(new SendMethodWishes { RecipientsPerDay = count })));

    [Theory]
    [InlineData(30, "")]
    [InlineData(31, "Submission Acs Graph")]
    public void Messages_a_minute_are_compared_with_the_limits(int count, string excluded) =>
        Assert.Equal(excluded, string.Join(' ', Excluded(new SendMethodWishes { MessagesPerMinute = count })));

    [Fact]
    public void A_short_field_excludes_long_names_and_says_that_an_address_is_no_way_out()
    {
        var ranked = Rank(new SendMethodWishes { ServerFieldLength = 20, Endpoint = Contoso });

        var relay = Find(ranked, SendMethodId.Relay);
        Assert.Equal(SendMethodVerdict.DoesNotFit, relay.Verdict);
        Assert.Contains(relay.Reasons, reason => reason.Text.Contains("IP address", StringComparison.Ordinal));
        Assert.Equal(SendMethodVerdict.Fits, Find(ranked, SendMethodId.Submission).Verdict);
    }

    [Fact]
    public void Mailboxes_elsewhere_exclude_the_methods_of_Microsoft_365() =>
        Assert.Equal(
            [
                SendMethodId.Submission,
                SendMethodId.Hve,
                SendMethodId.Graph,
                SendMethodId.Relay,
                SendMethodId.DirectSend,
            ],
            Excluded(new() { Endpoint = Contoso with { Provider = "Google", ProviderName = "Google" } }));

    [Fact]
    public void The_set_up_holds_what_is_known()
    {
        var wishes = new SendMethodWishes
        {
            Endpoint = Contoso,
            PublicAddresses = [IPAddress.Parse("203.0.113.7"), IPAddress.Parse("2001:db8::7")],
        };
        var relay = Find(Rank(wishes), SendMethodId.Relay);

        var text = string.Join('\n', relay.SetUp.SelectMany(step => step.Lines.Prepend(step.Title)));
        Assert.Contains("contoso-com.o-v1.mx.microsoft", text, StringComparison.Ordinal);
        Assert.Contains("-SenderIPAddresses 203.0.113.7", text, StringComparison.Ordinal);
        Assert.Contains(
            "v=spf1 ip4:203.0.113.7 ip6:2001:db8::7 include:spf.protection.outlook.com -all",
            text,
            StringComparison.Ordinal);
        // New-InboundConnector takes no IPv6 address.
        Assert.DoesNotContain("203.0.113.7,", text, StringComparison.Ordinal);
        Assert.DoesNotContain("TlsSenderCertificateName", text, StringComparison.Ordinal);
        Assert.Equal("contoso-com.o-v1.mx.microsoft", relay.Host);
    }

    [Fact]
    public void A_certificate_gives_a_connector_of_its_own()
    {
        var relay = Find(Rank(new SendMethodWishes { Endpoint = Contoso, HasCertificate = true }), SendMethodId.Relay);

        var text = string.Join('\n', relay.SetUp.SelectMany(step => step.Lines));
        Assert.Contains("-TlsSenderCertificateName '*.contoso.com'", text, StringComparison.Ordinal);
        Assert.DoesNotContain("SenderIPAddresses", text, StringComparison.Ordinal);
    }

    [Fact]
    public void No_place_in_any_set_up_stays_unfilled() =>
        Assert.DoesNotContain(
            Rank(new SendMethodWishes()).SelectMany(method => method.SetUp).SelectMany(
                step => step.Lines.Prepend(step.Title)),
            line => line.Contains('{', StringComparison.Ordinal));

    [Fact]
    public void Another_cloud_has_other_hosts_or_none()
    {
        var ranked = Rank(new SendMethodWishes { Environment = CloudEnvironment.China });

        Assert.Equal("smtp.partner.outlook.cn", Find(ranked, SendMethodId.Submission).Host);
        Assert.Equal(SendMethodVerdict.DoesNotFit, Find(ranked, SendMethodId.Hve).Verdict);
    }

    [Fact]
    public void Those_with_fewer_objections_come_first()
    {
        var ranked = Rank(new SendMethodWishes { External = true, NoTls12 = true, NoLogin = true });

        Assert.Equal(SendMethodId.Relay, ranked[1].Id);
        Assert.Equal(
            [SendMethodId.Submission, SendMethodId.DirectSend], ranked.Skip(2).Take(2).Select(method => method.Id));
        Assert.Equal(SendMethodId.Hve, ranked[^1].Id);
    }

    private static IReadOnlyList<SendMethod> Rank(SendMethodWishes wishes) =>
        new SendMethodAdvisor(SendMethodCatalog.BuiltIn).Rank(wishes);

    private static SendMethod Find(IReadOnlyList<SendMethod> ranked, SendMethodId id) =>
        ranked.Single(method => method.Id == id);

    private static SendMethodId[] Excluded(SendMethodWishes wishes) =>
        [.. Rank(wishes).Where(method => method.Verdict == SendMethodVerdict.DoesNotFit).Select(method => method.Id)
            .OrderBy(id => SendMethodCatalog.BuiltIn[id].Preference)];
}
