using MailAdmin.DomainChecks;

namespace MailAdmin.PowerShell.Domains;

/// <summary>The DNS answered nothing about a domain, so its report says nothing about it.</summary>
public sealed class DomainNotCheckedException : MailException
{
    internal DomainNotCheckedException(MailDomainReport report)
        : base(
            "DomainNotChecked",
            MailErrorKind.Connection,
            $"{report.Domain} could not be checked. {report.Findings[0].Message}",
            "Check the network and the DNS settings of this machine, or name another server with -DnsServer.")
    {
    }

    /// <inheritdoc/>
    public override bool IsTransient => true;
}
