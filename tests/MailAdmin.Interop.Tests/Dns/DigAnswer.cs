namespace MailAdmin.Interop.Dns;

/// <summary>What <c>dig</c> showed.</summary>
/// <param name="Status">The response code's name.</param>
/// <param name="IsAuthenticated">Whether the AD bit was set.</param>
/// <param name="UsedTcp">Whether it had to go on over TCP.</param>
/// <param name="ExtendedErrors">The codes of the extended errors.</param>
/// <param name="Answers">The answer section, a line for each record.</param>
internal sealed record DigAnswer(
    string Status,
    bool IsAuthenticated,
    bool UsedTcp,
    IReadOnlyList<string> ExtendedErrors,
    IReadOnlyList<string> Answers);
