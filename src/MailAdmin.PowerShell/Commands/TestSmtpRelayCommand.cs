using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Net;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Sending;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Tests whether an SMTP server would take mail from one address to another from here.</summary>
/// <remarks>
/// <para>
/// Only MAIL FROM and RCPT TO are tried, then RSET: no mail is sent without -SendTest. The result names the method that
/// the acceptance shows (Direct Send, a connector, a submission, or a relay that seems to be open) and the address of
/// this machine as the server saw it, if the server says so.
/// </para>
/// <para>
/// A server that has addresses of IPv4 and IPv6 is asked over both, as it may know this machine by one and not by the
/// other; a difference is a warning.
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
[Cmdlet(VerbsDiagnostic.Test, "SmtpRelay")]
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
        var message = SendTest
            ? new MessageBuilder().Build(TestMessage.Create(from, [to], route.Server, TimeProvider.System.GetLocalNow()))
            : null;
        return async (transcript, token) => await new SmtpRelayProbe(Names, Hosts)
            .RunAsync(route, from.Address, to.Address, message, transcript, token)
            .ConfigureAwait(false);
    }
}
