using System.Management.Automation;
using MailAdmin.Net;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Probes;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Tests the TLS of an SMTP server: versions, cipher suites, certificate, chain, expiry and DANE.</summary>
/// <remarks>
/// <para>
/// Versions from SSL 3.0 to TLS 1.3 and cipher suites are found with handshakes that are begun and given up, each over
/// a connection of its own, three at a time: this machine's own TLS could not offer the old ones. -NoCipher leaves the
/// suites out, for servers that limit the connections of a client.
/// </para>
/// <para>
/// TLS begins with STARTTLS, or on port 465 and with -Security Implicit at once. Nothing is logged in and no mail is
/// sent. DANE needs a validating DNS server on this machine.
/// </para>
/// <para>Without -Timeout each step may take 15 seconds; a handshake for a version, 2 seconds.</para>
/// </remarks>
/// <example>
/// <para>Test a server for submission</para>
/// <code>
/// Test-SmtpTls mail.example.com -Security StartTls
/// </code>
/// </example>
/// <example>
/// <para>List the cipher suites of each version</para>
/// <code>
/// (Test-SmtpTls mail.example.com -Security StartTls).Versions | Where-Object IsSupported | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "SmtpTls")]
[OutputType(typeof(SmtpTlsResult))]
public sealed class TestSmtpTlsCommand : ProbeCmdlet
{
    /// <summary>Finds the versions only.</summary>
    [Parameter]
    public SwitchParameter NoCipher { get; set; }

    /// <inheritdoc/>
    private protected override Func<ITranscript?, CancellationToken, Task<ProbeResult>> Prepare(SmtpRoute route)
    {
        var withCiphers = !NoCipher;
        var progress = new HelloProgress(this, route.Server);
        return async (transcript, token) =>
        {
            var result = await new SmtpTlsProbe(Names, Hosts)
                .RunAsync(route, withCiphers, progress, transcript, token)
                .ConfigureAwait(false);
            progress.Complete();
            return result;
        };
    }
}
