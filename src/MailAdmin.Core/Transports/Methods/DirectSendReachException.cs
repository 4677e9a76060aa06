using MailAdmin.Addressing;

namespace MailAdmin.Transports.Methods;

/// <summary>All recipients are outside of the organisation, where Direct Send does not go; nothing was sent.</summary>
/// <param name="domain">The own domain.</param>
/// <param name="elsewhere">The recipients' domains, each with the service that its mail goes to.</param>
public sealed class DirectSendReachException(
    DomainName domain, IReadOnlyDictionary<DomainName, string> elsewhere) : MailException(
    "DirectSendExternalRecipient",
    MailErrorKind.Rejected,
    $"Direct Send reaches only the organisation of {domain}, not "
    + $"{string.Join(", ", elsewhere.Select(pair => $"{pair.Key} (at {pair.Value})"))}.",
    "Use the method Submission, or Relay with a connector, for people outside.");
