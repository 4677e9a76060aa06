using System.Net;

namespace MailAdmin.Dns;

/// <summary>Where a reply came from.</summary>
/// <param name="Server">The server.</param>
/// <param name="UsedTcp">Whether it came over TCP.</param>
/// <param name="IsTrusted">Whether the server's word on DNSSEC counts.</param>
internal readonly record struct ReplySource(IPEndPoint Server, bool UsedTcp, bool IsTrusted);
