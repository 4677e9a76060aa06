using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Hosting;

/// <summary>The route's parameters for cmdlets that take servers from the pipeline.</summary>
internal sealed class ServerInputParameters : RouteParameters
{
    /// <summary>
    /// The SMTP server: a name or an address; several from the pipeline, by value or by property. Without it,
    /// $PSEmailServer.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SmtpServer", "ComputerName")]
    public override string? Server { get; set; }

    /// <summary>The port. By default 465 with -Security Implicit, 587 with a credential, else 25.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public override int? Port { get; set; }
}
