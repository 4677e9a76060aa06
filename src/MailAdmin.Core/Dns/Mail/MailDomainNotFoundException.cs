using MailAdmin.Addressing;

namespace MailAdmin.Dns.Mail;

/// <summary>There is no domain of that name in the DNS.</summary>
/// <param name="domain">The name.</param>
public sealed class MailDomainNotFoundException(DomainName domain) : MailException(
    "MailDomainNotFound",
    MailErrorKind.NotFound,
    $"There is no domain {domain}.",
    "Check the spelling; if the domain is an internal one, name a DNS server that knows it.");
