using MailAdmin.Addressing;
using MailAdmin.Dns.Mail;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

public sealed class DeviceReaderTests
{
    private const string Login = "printer@contoso.com";
    private const string OldMx = "contoso-com.mail.protection.outlook.com";

    private static readonly MxEndpoint Contoso = new()
    {
        Domain = DomainName.Parse("contoso.com"),
        Kind = MxEndpointKind.Mx,
        SmartHost = OldMx,
        Hosts = [new MxEndpointHost { Name = OldMx }],
        Provider = "Microsoft365",
    };

    [Theory]
    [InlineData("smtp.office365.com", Login, SendMethodId.Submission)]
    [InlineData("SMTP.Office365.com.", Login, SendMethodId.Submission)]
    [InlineData("smtp.office365.us", Login, SendMethodId.Submission)]
    [InlineData("smtp-legacy.office365.com", Login, SendMethodId.Submission)]
    [InlineData(OldMx, null, SendMethodId.DirectSend)]
    [InlineData("contoso-com.o-v1.mx.microsoft", null, SendMethodId.DirectSend)]
    [InlineData("smtp.hve.mx.microsoft", Login, SendMethodId.Hve)]
    [InlineData("smtp.azurecomm.net", Login, SendMethodId.Acs)]
    [InlineData("smtp.gmail.com", Login, SendMethodId.Gmail)]
    [InlineData("smtp-relay.gmail.com", null, SendMethodId.Gmail)]
    [InlineData("mail.contoso.local", null, SendMethodId.OnPremises)]
    [InlineData("192.168.1.20", null, SendMethodId.OnPremises)]
    [InlineData("fd00::1", null, SendMethodId.OnPremises)]
    public void Recognises_the_method_and_finds_nothing_wrong(string server, string? login, SendMethodId method)
    {
        var read = Read(new DeviceSettings { Server = server, Login = login });

        Assert.Equal((method, SendMethodVerdict.Fits), (read.Id, read.Verdict));
        Assert.Empty(read.Faults);
        Assert.Single(read.Reasons);
    }

    [Theory]
    [InlineData(true, null, SendMethodId.Relay)]
    [InlineData(false, "x@gmail.com", SendMethodId.DirectSend)]
    [InlineData(null, "x@gmail.com", SendMethodId.Relay)]
    [InlineData(null, "anna@contoso.com", SendMethodId.DirectSend)]
    public void An_MX_endpoint_is_relay_with_a_connector_and_else_Direct_Send(
        bool? hasConnector, string? recipient, SendMethodId method) =>
        Assert.Equal(method, Read(ToMx(recipient) with { HasConnector = hasConnector }).Id);

    [Theory]
    [InlineData("20.1.2.3", Login, SendMethodId.Submission)]
    [InlineData("20.1.2.3", null, SendMethodId.DirectSend)]
    [InlineData("2603:1026::1", null, SendMethodId.DirectSend)]
    [InlineData("outlook.office365.com", Login, SendMethodId.Submission)]
    [InlineData("AM0PR01MB1234.eurprd01.prod.outlook.com", Login, SendMethodId.Submission)]
    [InlineData("smtp-have.office365.com", Login, SendMethodId.Hve)]
    [InlineData("smtp-hve.office365.com", Login, SendMethodId.Hve)]
    [InlineData("contoso.mail.eo.outlook.com", null, SendMethodId.DirectSend)]
    [InlineData("smtp-mail.outlook.com", Login, SendMethodId.OnPremises)]
    public void Names_a_server_that_should_not_be_set(string server, string? login, SendMethodId method)
    {
        var read = Read(new DeviceSettings { Server = server, Login = login });

        Assert.Equal((method, SendMethodVerdict.FitsWithConditions), (read.Id, read.Verdict));
        Assert.Equal("Server", Assert.Single(read.Faults).Setting);
    }

    [Theory]
    [InlineData("https://smtp.office365.com/", SendMethodId.Submission, "Set smtp.office365.com alone")]
    [InlineData("smtp.office365.com:587", SendMethodId.Submission, "Set smtp.office365.com alone")]
    [InlineData(" smtp.office365.com ", SendMethodId.Submission, "Set smtp.office365.com alone")]
    [InlineData("mail server", SendMethodId.OnPremises, "without spaces")]
    public void Says_that_the_field_takes_a_name_alone(string server, SendMethodId method, string remedy)
    {
        var read = Read(new DeviceSettings { Server = server, Port = 587, Login = Login });

        Assert.Equal((method, SendMethodVerdict.FitsWithConditions), (read.Id, read.Verdict));
        Assert.Contains(remedy, Assert.Single(read.Faults).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Tells_an_address_apart_from_a_name_and_gives_the_name_to_set()
    {
        var read = Read(new DeviceSettings { Server = "20.1.2.3", Endpoint = Contoso });
        Assert.Contains(OldMx, Assert.Single(read.Faults).Remedy, StringComparison.Ordinal);
    }

    public static TheoryData<DeviceSettings, string, string> WrongSettings()
    {
        var submission = new DeviceSettings { Server = "smtp.office365.com", Port = 587, Login = Login };
        var mx = ToMx(null);
        return new()
        {
            { submission with { Port = 465 }, "Port", "465" },
            { submission with { Port = 2525 }, "Port", "2525" },
            { submission with { Security = ConnectionSecurity.None }, "Security", "demands TLS" },
            { submission with { Security = ConnectionSecurity.Implicit }, "Security", "port 465" },
            { submission with { NoTls12 = true }, "Security", "TLS 1.2" },
            { submission with { Server = "smtp.hve.mx.microsoft", NoTls12 = true }, "Security", "TLS 1.2" },
            { submission with { Login = null }, "Login", "5.7.57" },
            { submission with { From = EmailAddress.Parse("other@contoso.com") }, "From", "Send As" },
            { submission with { ServerFieldLength = 10 }, "Server", "18 characters" },
            { mx with { Login = Login }, "Login", "no login" },
            { mx with { Port = 587 }, "Port", "587" },
            { mx with { ServerFieldLength = 30 }, "Server", "field takes 30" },
            { mx with { From = EmailAddress.Parse("a@elsewhere.example") }, "From", "not in contoso.com" },
            { mx with { Server = "contoso-com.o-v1.mx.microsoft" }, "Server", "another host" },
            { ToMx("x@gmail.com") with { HasConnector = false }, "Recipients", "own organisation only" },
            { ToMx("x@gmail.com"), "Recipients", "connector" },
        };
    }

    [Theory]
    [MemberData(nameof(WrongSettings))]
    public void Says_what_is_wrong(DeviceSettings settings, string setting, string words)
    {
        var fault = Assert.Single(Read(settings).Faults);
        Assert.Equal(setting, fault.Setting);
        Assert.Contains(words, fault.Problem, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Remedy);
    }

    [Fact]
    public void The_legacy_host_is_for_devices_without_TLS_1_2() =>
        Assert.Empty(
            Read(new DeviceSettings { Server = "smtp-legacy.office365.com", Login = Login, NoTls12 = true }).Faults);

    [Fact]
    public void The_right_login_may_send_as_itself() =>
        Assert.Empty(Read(new DeviceSettings
        {
            Server = "smtp.office365.com", Port = 25, Login = Login, From = EmailAddress.Parse(Login),
            Recipients = [EmailAddress.Parse("x@gmail.com")],
        }).Faults);

    private static DeviceSettings ToMx(string? recipient) => new()
    {
        Server = OldMx,
        Port = 25,
        From = EmailAddress.Parse(Login),
        Recipients = recipient is null ? [] : [EmailAddress.Parse(recipient)],
        Endpoint = Contoso,
    };

    private static SendMethod Read(DeviceSettings settings) =>
        new DeviceReader(SendMethodCatalog.BuiltIn).Read(settings);
}
