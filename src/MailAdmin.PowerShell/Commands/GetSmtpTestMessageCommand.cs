using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Testing;
using MailAdmin.Server;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Gets the messages that a test server has taken.</summary>
/// <remarks>
/// <para>
/// Each message comes with its envelope, its headers and its content as the client sent it. With -Count the command
/// waits until so many messages were taken since the server started; if they do not come in time, that is an error.
/// </para>
/// </remarks>
/// <example>
/// <para>See what a script sends</para>
/// <code>
/// $server = Start-SmtpTestServer
/// Send-RelayMail anna@example.com 'Hello' 'It works.' localhost -Port $server.Port -From me@example.com
/// $server | Get-SmtpTestMessage -Count 1 -Timeout 10
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
/// <example>
/// <para>Look at the headers and the content of the messages to one recipient</para>
/// <code>
/// $server = Start-SmtpTestServer
/// Send-RelayMail anna@example.com, bob@example.com 'Hello' 'Hi.' localhost -Port $server.Port -From me@example.com
/// $message = $server | Get-SmtpTestMessage -Recipient anna@example.com
/// $message.Headers
/// $message.Content
/// $server | Stop-SmtpTestServer
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "SmtpTestMessage")]
[OutputType(typeof(SmtpTestMessage))]
public sealed class GetSmtpTestMessageCommand : AsyncPSCmdlet
{
    /// <summary>The server, as Start-SmtpTestServer put it out.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    public SmtpTestServer[] Server { get; set; } = [];

    /// <summary>Only messages to this address; wildcards are allowed.</summary>
    [Parameter]
    public string? Recipient { get; set; }

    /// <summary>How many messages to wait for, counted from the start of the server.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int? Count { get; set; }

    /// <summary>How long to wait for them: seconds, or a TimeSpan; 30 seconds by default.</summary>
    [Parameter]
    [Seconds]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override void Process()
    {
        foreach (var server in Server)
        {
            Attempt(server, () => WriteMessages(server));
        }
    }

    private void WriteMessages(SmtpTestServer server)
    {
        var received = Count is { } count
            ? Await(token => server.WaitForMessageAsync(count, Timeout, token))
            : server.Messages;
        var pattern = Recipient is null ? null : new WildcardPattern(Recipient, WildcardOptions.IgnoreCase);
        foreach (var message in received)
        {
            if (pattern is null || message.Envelope.Recipients.Any(r => pattern.IsMatch(r.Address.ToString())))
            {
                WriteObject(Await(token => SmtpTestMessage.ReadAsync(message, token)));
            }
        }
    }
}
