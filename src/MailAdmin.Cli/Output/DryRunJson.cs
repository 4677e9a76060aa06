namespace MailAdmin.Cli.Output;

/// <summary>What would be sent.</summary>
/// <param name="DryRun">Always true.</param>
/// <param name="Server">Host and port.</param>
/// <param name="Security">StartTls, StartTlsWhenAvailable, Implicit or None.</param>
/// <param name="LogsIn">True when credentials would be used.</param>
/// <param name="From">The reverse path; null for the empty one.</param>
/// <param name="Recipients">Everyone in the envelope.</param>
/// <param name="MessageId">Without angle brackets; null when there is none.</param>
/// <param name="Size">Octets, as sent to a server with 8BITMIME and SMTPUTF8.</param>
internal sealed record DryRunJson(
    bool DryRun,
    string Server,
    string Security,
    bool LogsIn,
    string? From,
    IReadOnlyList<string> Recipients,
    string? MessageId,
    long Size);
