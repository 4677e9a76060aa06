using System.Net;

namespace MailAdmin.DomainChecks.Spf;

/// <summary>The sender that SPF is asked about: the arguments of <c>check_host()</c> (RFC 7208 §4.1).</summary>
public sealed record SpfQuery
{
    /// <summary>The address that the mail comes from; an IPv4 address mapped into IPv6 counts as IPv4.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>
    /// The envelope sender. Empty for a bounce, whose sender is <c>postmaster</c> at <see cref="Helo"/> (RFC 7208
    /// §2.4); a domain alone stands for its postmaster.
    /// </summary>
    public string MailFrom { get; init; } = "";

    /// <summary>The name that the sending host gave with EHLO or HELO.</summary>
    public string Helo { get; init; } = "";

    /// <summary>The host that asks; it appears only in explanations.</summary>
    public string Receiver { get; init; } = "unknown";
}
