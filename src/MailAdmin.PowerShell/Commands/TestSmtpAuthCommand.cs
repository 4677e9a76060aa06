using System.Management.Automation;
using MailAdmin.Addressing;
using MailAdmin.Net;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Tests a login at an SMTP server step by step, and whether it may send as an address.</summary>
/// <remarks>
/// <para>
/// The steps are those that sending takes: DNS, TCP, banner, EHLO, STARTTLS, TLS, certificate, AUTH, then MAIL FROM
/// with -From, and RSET. Each has its time, its verdict and what was seen; the first that fails is named, with what to
/// do about it. No mail is sent.
/// </para>
/// <para>
/// A server may accept a sender at MAIL FROM and refuse it later: Postfix at RCPT TO, which -To tries as well; Exchange
/// Online with the message itself, which only Send-RelayMail -Test shows.
/// </para>
/// <para>
/// The login is tried over one version of IP, as a second wrong one brings the account nearer to being locked.
/// -AddressFamily chooses it: a policy may know this machine by one address and not by the other.
/// </para>
/// <para>Without -Timeout each step may take 15 seconds.</para>
/// </remarks>
/// <example>
/// <para>Test a login, and whether it may send as an address</para>
/// <code>
/// $credential = Get-Credential
/// Test-SmtpAuth mail.example.com -Credential $credential -Security StartTls -From reports@example.com
/// </code>
/// </example>
/// <example>
/// <para>See the steps and the conversation</para>
/// <code>
/// $result = Test-SmtpAuth mail.example.com -Credential (Get-Credential) -Security StartTls -Transcript
/// $result.Stages
/// $result.Transcript
/// </code>
/// <para>Secrets are masked in the conversation.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SmtpAuth")]
[OutputType(typeof(SmtpAuthResult))]
public sealed class TestSmtpAuthCommand : ProbeCmdlet
{
    /// <summary>The sender to try with MAIL FROM.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? From { get; set; }

    /// <summary>A recipient to try behind the sender; it gets nothing.</summary>
    [Parameter]
    [Alias("Recipient")]
    public string? To { get; set; }

    /// <inheritdoc/>
    private protected override Func<ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(SmtpRoute route)
    {
        var (from, to) = (Address(From), Address(To));
        return async (transcript, token) =>
            await new SmtpAuthProbe(Hosts).RunAsync(route, from, to, transcript, token).ConfigureAwait(false);
    }

    private static EmailAddress? Address(string? text) =>
        string.IsNullOrEmpty(text) ? null : Mailbox.Parse(text).Address;
}
