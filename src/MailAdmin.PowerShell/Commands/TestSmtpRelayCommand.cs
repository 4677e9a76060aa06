using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Probes;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Tests whether an SMTP server would take mail from one address to another from here.</summary>
/// <remarks>
/// <para>
/// Only MAIL FROM and RCPT TO are tried, then RSET: no mail is sent without -SendTest. The result names the method of
/// sending that the way amounts to, as Get-SendMethod has them, with the reason, and the address of this machine as the
/// server saw it, if the server says so.
/// </para>
/// <para>
/// A server that relays is not an open relay for that: it may know this machine's address. Only a public server that
/// has no tie to either domain and takes the mail without a login or a certificate is suspected, and the result says
/// what would prove it. The same test from a network that the server does not know decides.
/// </para>
/// <para>
/// A server that has addresses of IPv4 and IPv6 is asked over both, as it may know this machine by one and not by the
/// other; a difference is a warning. With a login it is asked once, as a wrong one counts each time; -AddressFamily
/// chooses the version.
/// </para>
/// <para>Without -Timeout each step may take 15 seconds.</para>
/// </remarks>
/// <example>
/// <para>Would the server relay to the outside?</para>
/// <code>
/// Test-SmtpRelay mail.example.com -From printer@example.com -To anna@example.net
/// </code>
/// </example>
/// <example>
/// <para>Send a message if it would</para>
/// <code>
/// Test-SmtpRelay mail.example.com -From printer@example.com -To anna@example.net -SendTest | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SmtpRelay", SupportsShouldProcess = true)]
[OutputType(typeof(SmtpRelayResult))]
public sealed class TestSmtpRelayCommand : ProbeCmdlet
{
    /// <summary>The sender to try.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string From { get; set; } = "";

    /// <summary>The recipient to try.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Recipient")]
    public string To { get; set; } = "";

    /// <summary>Sends a test message if the server accepts sender and recipient.</summary>
    [Parameter]
    public SwitchParameter SendTest { get; set; }

    /// <inheritdoc/>
    private protected override Func<ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(SmtpRoute route)
    {
        var (from, to) = (Mailbox.Parse(From), Mailbox.Parse(To));
        var catalog = SendMethodCatalog.Load(Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable));
        var message = SendTest && ShouldProcess(To, $"Send a test message through {route.Server}")
            ? new MessageBuilder().Build(
                TestMessage.Create(from, [to], route.Server, TimeProvider.System.GetLocalNow()))
            : null;
        return async (transcript, token) => await new SmtpRelayProbe(Names, Hosts, catalog)
            .RunAsync(route, from.Address, to.Address, message, transcript, token)
            .ConfigureAwait(false);
    }
}
