namespace MailAdmin.Dns.Mail;

/// <summary>The MTA-STS policy of a domain (RFC 8461), as far as its mail exchanges are concerned.</summary>
/// <param name="State">What it asks of senders.</param>
/// <param name="MxPatterns">The hosts that fit: names, or <c>*.</c> and a domain.</param>
/// <param name="MaxAge">How long senders keep it; null when there is none to keep.</param>
public sealed record MxPolicy(MxPolicyState State, IReadOnlyList<string> MxPatterns, TimeSpan? MaxAge)
{
    /// <summary>What it asks of senders.</summary>
    public override string ToString() => State.ToString();
}
