using MailAdmin.Dns.Records;

namespace MailAdmin.Probes.Tls;

/// <summary>The TLSA records of a server, and whether its certificate fits.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Name">Where they were looked for, such as <c>_25._tcp.mx.example.com</c>; empty when nowhere.</param>
/// <param name="Records">What is published.</param>
/// <param name="Detail">The record that fits, or what is wrong.</param>
public sealed record DaneResult(DaneOutcome Outcome, string Name, IReadOnlyList<TlsaRecord> Records, string Detail)
{
    /// <summary>The outcome, and the detail behind it.</summary>
    public override string ToString() => Detail.Length == 0 ? Outcome.ToString() : $"{Outcome}: {Detail}";
}
