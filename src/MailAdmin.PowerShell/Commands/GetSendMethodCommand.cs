using System.Globalization;
using System.Management.Automation;
using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns;
using MailAdmin.Dns.Mail;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Advises which method of sending mail fits, and says what a device's present settings amount to.</summary>
/// <remarks>
/// <para>
/// Without parameters it lists the methods with their features, needs and limits. With wishes it ranks them: those that
/// fit first, each with the reasons for and against it, and the text of its set-up: what to type into the device, the
/// connector's command, the SPF record. A wish that is not given is not demanded.
/// </para>
/// <para>
/// With -Server and the other settings of a device it gives the one method that these settings amount to, and in Faults
/// what is wrong with them and what to set in their place. With -Domain, the MX hosts of the domain are looked up, and
/// the smart host stands in the result.
/// </para>
/// <para>
/// The facts bear the date AsOf. A file of your own, named by the environment variable MAILADMIN_SEND_METHODS, goes
/// before them.
/// </para>
/// </remarks>
/// <example>
/// <para>A scanner that cannot do TLS 1.2 sends to people outside</para>
/// <code>
/// Get-SendMethod -External -NoTls12 -HasStaticIp | Format-Table
/// </code>
/// </example>
/// <example>
/// <para>The set-up of a relay through a connector</para>
/// <code>
/// $relay = Get-SendMethod -Method Relay -Domain contoso.com -PublicAddress 203.0.113.7
/// $relay.Host
/// $relay.SetUp | Format-List
/// </code>
/// <para>The host is looked up; the commands and the SPF record hold the address.</para>
/// </example>
/// <example>
/// <para>What is wrong with the settings of a printer</para>
/// <code>
/// $login = Get-Credential
/// $method = Get-SendMethod -Server smtp.office365.com -Port 465 -Credential $login -From printer@contoso.com
/// $method.Faults
/// </code>
/// </example>
/// <example>
/// <para>The same advice in Japanese</para>
/// <code>
/// Get-SendMethod -External -NoLogin -Culture ja-JP | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "SendMethod", DefaultParameterSetName = WishSet)]
[OutputType(typeof(SendMethod))]
public sealed class GetSendMethodCommand : AsyncPSCmdlet
{
    private const string WishSet = "Wishes";
    private const string SettingSet = "Settings";

    /// <summary>Only these methods.</summary>
    [Parameter(ParameterSetName = WishSet, Position = 0)]
    public SendMethodId[] Method { get; set; } = [];

    /// <summary>People outside the organisation are to get the mail.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter External { get; set; }

    /// <summary>The device cannot log in.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter NoLogin { get; set; }

    /// <summary>The device can log in with user name and password only.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter NoOAuth { get; set; }

    /// <summary>How many recipients are to be reached in a day.</summary>
    [Parameter(ParameterSetName = WishSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? RecipientsPerDay { get; set; }

    /// <summary>How many messages go out in a busy minute.</summary>
    [Parameter(ParameterSetName = WishSet)]
    [ValidateRange(1, int.MaxValue)]
    public int? MessagesPerMinute { get; set; }

    /// <summary>The public IP address is static, and no other organisation uses it.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter HasStaticIp { get; set; }

    /// <summary>The device can show a certificate for a name of the own domain.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter HasCertificate { get; set; }

    /// <summary>There is a mail server of one's own.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter HasOwnServer { get; set; }

    /// <summary>The program runs in the network of another company, a cloud provider's for example.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter HostedElsewhere { get; set; }

    /// <summary>A copy is to be kept among the sent items.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter SaveToSentItems { get; set; }

    /// <summary>The sender is to be any address of the domain, with or without a mailbox.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter AnyFrom { get; set; }

    /// <summary>Port 25 to the internet is closed.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public SwitchParameter Port25Blocked { get; set; }

    /// <summary>The cloud of Microsoft 365.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public CloudEnvironment Environment { get; set; }

    /// <summary>The public IP addresses that the mail comes from, for the set-up.</summary>
    [Parameter(ParameterSetName = WishSet)]
    public IPAddress[] PublicAddress { get; set; } = [];

    /// <summary>
    /// The name in the device's certificate, for the set-up; *.contoso.com if it has several of the domain.
    /// </summary>
    [Parameter(ParameterSetName = WishSet)]
    public string? CertificateName { get; set; }

    /// <summary>The server that the device is set up with: a name or an address.</summary>
    [Parameter(ParameterSetName = SettingSet, Mandatory = true)]
    [Alias("SmtpServer")]
    public string? Server { get; set; }

    /// <summary>The device's port.</summary>
    [Parameter(ParameterSetName = SettingSet)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public int? Port { get; set; }

    /// <summary>What the device has set about TLS.</summary>
    [Parameter(ParameterSetName = SettingSet)]
    public ConnectionSecurity Security { get; set; }

    /// <summary>Who the device logs in as; the password is not used. Without it, the device does not log in.</summary>
    [Parameter(ParameterSetName = SettingSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The device's sender.</summary>
    [Parameter(ParameterSetName = SettingSet)]
    public string? From { get; set; }

    /// <summary>Some recipients of the device's mail.</summary>
    [Parameter(ParameterSetName = SettingSet)]
    public string[] To { get; set; } = [];

    /// <summary>
    /// Whether Microsoft 365 has an inbound connector for the device; leave it out if you do not know.
    /// </summary>
    [Parameter(ParameterSetName = SettingSet)]
    public bool? HasConnector { get; set; }

    /// <summary>The device cannot do TLS 1.2.</summary>
    [Parameter]
    public SwitchParameter NoTls12 { get; set; }

    /// <summary>How many characters the device's field for the server takes.</summary>
    [Parameter]
    [ValidateRange(1, 255)]
    public int? ServerFieldLength { get; set; }

    /// <summary>The own domain; its MX hosts are looked up.</summary>
    [Parameter]
    public string? Domain { get; set; }

    /// <summary>
    /// The DNS servers to ask, by address or name, with a port if it is not 53. By default the system's.
    /// </summary>
    [Parameter]
    public string[] DnsServer { get; set; } = [];

    /// <summary>The language of the advice: en-US or ja-JP; by default that of the session.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(CultureCompleter))]
    public string? Culture { get; set; }

    /// <inheritdoc/>
    protected override void Process() => Attempt(Server ?? Domain, Advise);

    private void Advise()
    {
        var path = System.Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable);
        var catalog = SendMethodCatalog.Load(path, Culture ?? CultureInfo.CurrentUICulture.Name);
        var endpoint = string.IsNullOrEmpty(Domain) ? null : LookUp(DomainName.Parse(Domain));
        if (ParameterSetName == SettingSet)
        {
            WriteObject(new DeviceReader(catalog).Read(Settings(endpoint)));
            return;
        }

        var ranked = new SendMethodAdvisor(catalog).Rank(Wishes(endpoint));
        WriteObject(
            ranked.Where(method => Method.Length == 0 || Method.Contains(method.Id)), enumerateCollection: true);
    }

    private MxEndpoint LookUp(DomainName domain)
    {
        using var resolver = NameServers.Open(this, DnsServer);
        var endpoint = Await(token => new MxEndpointFinder(resolver).FindAsync(domain, withTlsa: false, token));
        foreach (var warning in endpoint.Warnings)
        {
            WriteWarning(warning);
        }

        return endpoint;
    }

    private SendMethodWishes Wishes(MxEndpoint? endpoint) => new()
    {
        External = External,
        NoTls12 = NoTls12,
        NoLogin = NoLogin,
        NoOAuth = NoOAuth,
        RecipientsPerDay = RecipientsPerDay,
        MessagesPerMinute = MessagesPerMinute,
        HasStaticIp = HasStaticIp || PublicAddress.Length > 0,
        HasCertificate = HasCertificate || CertificateName is not null,
        HasOwnServer = HasOwnServer,
        HostedElsewhere = HostedElsewhere,
        SaveToSentItems = SaveToSentItems,
        AnyFrom = AnyFrom,
        Port25Blocked = Port25Blocked,
        ServerFieldLength = ServerFieldLength,
        Environment = Environment,
        Endpoint = endpoint,
        PublicAddresses = PublicAddress,
        CertificateName = CertificateName,
    };

    private DeviceSettings Settings(MxEndpoint? endpoint) => new()
    {
        Server = Server!,
        Port = Port,
        Security = Security,
        Login = Credential?.UserName,
        From = From is null ? null : Mailbox.Parse(From).Address,
        Recipients = [.. To.SelectMany(text => Mailbox.ParseList(text)).Select(mailbox => mailbox.Address)],
        HasConnector = HasConnector,
        NoTls12 = NoTls12,
        ServerFieldLength = ServerFieldLength,
        Endpoint = endpoint,
    };
}
