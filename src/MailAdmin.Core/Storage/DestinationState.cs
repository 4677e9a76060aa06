namespace MailAdmin.Storage;

/// <summary>What is known of a destination, for all processes and across restarts.</summary>
/// <param name="Destination">Which one.</param>
/// <param name="Failures">How often in a row no session could be had.</param>
/// <param name="NotBefore">Nothing is sent there until then; null when nothing keeps it.</param>
/// <param name="Error">The last failure, for people.</param>
public sealed record DestinationState(
    string Destination, int Failures = 0, DateTimeOffset? NotBefore = null, string? Error = null);
