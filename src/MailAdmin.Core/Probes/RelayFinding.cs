using MailAdmin.Transports.Methods;

namespace MailAdmin.Probes;

/// <summary>Which method a way amounts to.</summary>
/// <param name="Method">The method.</param>
/// <param name="Reason">How that is known, as sentences.</param>
/// <param name="MayBeOpenRelay">True when the server seems to relay for anybody.</param>
internal sealed record RelayFinding(SendMethodId Method, string Reason, bool MayBeOpenRelay = false);
