using System.Management.Automation;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Server;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Stops a server that Start-SmtpTestServer started.</summary>
/// <remarks>
/// <para>
/// Clients in the middle of a message have two seconds to end it. The messages that were taken can still be read.
/// </para>
/// </remarks>
/// <example>
/// <para>Stop a server</para>
/// <code>
/// $server = Start-SmtpTestServer
/// Stop-SmtpTestServer $server
/// </code>
/// </example>
/// <example>
/// <para>Read the messages of a server that was stopped</para>
/// <code>
/// $server = Start-SmtpTestServer
/// Send-RelayMail anna@example.com 'Hello' 'It works.' localhost -Port $server.Port -From me@example.com
/// $server | Stop-SmtpTestServer
/// $server | Get-SmtpTestMessage | Format-List
/// </code>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "SmtpTestServer", SupportsShouldProcess = true)]
public sealed class StopSmtpTestServerCommand : AsyncPSCmdlet
{
    /// <summary>The server, as Start-SmtpTestServer put it out.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public SmtpTestServer[] Server { get; set; } = [];

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var server in Server.Where(s => ShouldProcess(s.Endpoint.ToString(), "Stop the SMTP test server")))
        {
            Await(server.StopAsync);
        }
    }
}
