namespace MailAdmin.Dns;

/// <summary>A server's own words about its answer, chiefly about a SERVFAIL (RFC 8914).</summary>
/// <param name="Code">The info-code, such as 6 (DNSSEC bogus) or 22 (no reachable authority).</param>
/// <param name="Text">The extra text, with control characters replaced; often empty.</param>
public sealed record DnsExtendedError(int Code, string Text)
{
    // RFC 8914 section 4, in the order of the codes.
    private static readonly string[] Purposes =
    [
        "other error", "unsupported DNSKEY algorithm", "unsupported DS digest type", "stale answer", "forged answer",
        "DNSSEC indeterminate", "DNSSEC bogus", "signature expired", "signature not yet valid", "DNSKEY missing",
        "RRSIGs missing", "no zone key bit set", "NSEC missing", "cached error", "not ready", "blocked", "censored",
        "filtered", "prohibited", "stale NXDOMAIN answer", "not authoritative", "not supported",
        "no reachable authority", "network error", "invalid data",
    ];

    /// <summary>True for the codes that mean that DNSSEC validation failed (RFC 8914 §4.6–4.13).</summary>
    public bool IsDnssecFailure => Code is >= 5 and <= 12;

    /// <summary>The code's purpose in words, followed by the server's text.</summary>
    public override string ToString()
    {
        var purpose = Code >= 0 && Code < Purposes.Length ? Purposes[Code] : $"extended error {Code}";
        return Text.Length == 0 ? purpose : $"{purpose}: {Text}";
    }
}
