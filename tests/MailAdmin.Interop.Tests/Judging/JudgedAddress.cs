namespace MailAdmin.Interop.Judging;

/// <summary>One address of a header field.</summary>
/// <param name="Group">The group that it stands in, if any.</param>
/// <param name="DisplayName">Decoded; empty without one.</param>
/// <param name="Address">Local part and domain.</param>
public sealed record JudgedAddress(string? Group, string DisplayName, string Address);
