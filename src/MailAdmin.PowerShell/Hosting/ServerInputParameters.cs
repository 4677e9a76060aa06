using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The route's parameters for cmdlets that take servers from the pipeline.</summary>
internal sealed class ServerInputParameters : RouteParameters
{
    /// <summary>
    /// The SMTP server: a name or an address; several from the pipeline, by value or by property, and what
    /// Start-SmtpTestServer puts out. Without it, $PSEmailServer.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SmtpServer", "ComputerName")]
    public override string? Server { get; set; }

    /// <summary>The port. By default 465 with -Security Implicit, 587 with a credential, else 25.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override int? Port { get; set; }

    /// <summary>
    /// How long each step may take at most: seconds, or a TimeSpan. By default 15 seconds.
    /// </summary>
    [Parameter]
    [Seconds]
    public override TimeSpan? Timeout { get; set; }
}
