using System.Management.Automation;
using MailAdmin.PowerShell.Keeping;

namespace MailAdmin.PowerShell.Commands;

/// <summary>Shows the settings that all who use the store share, and where the store is.</summary>
/// <remarks>
/// The store is a file of this user; or, once an administrator has run Set-EmailOption -MachineWide, one for the whole
/// machine; or the file that the environment variable MAILADMIN_STORE names.
/// </remarks>
/// <example>
/// <para>All settings</para>
/// <code>
/// Get-EmailOption
/// </code>
/// </example>
/// <example>
/// <para>Where the store is</para>
/// <code>
/// (Get-EmailOption).Store
/// </code>
/// </example>
[Cmdlet(VerbsCommon.Get, "EmailOption")]
[OutputType(typeof(EmailOption))]
public sealed class GetEmailOptionCommand : StoreCmdlet
{
    /// <inheritdoc/>
    protected override void End() => WriteObject(EmailOption.Of(this, Store));
}
