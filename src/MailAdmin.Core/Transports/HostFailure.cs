using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>Why one of a route's hosts gave no session.</summary>
/// <param name="Server"><c>host:port</c>.</param>
/// <param name="Stage">How far it came.</param>
/// <param name="Cause">What happened.</param>
public sealed record HostFailure(string Server, SmtpStage Stage, MailException Cause);
