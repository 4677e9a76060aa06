namespace MailAdmin.Mime;

/// <summary>One header field (RFC 5322 §2.2).</summary>
/// <param name="Name">The name without the colon: printable ASCII.</param>
/// <param name="Value">The value in Unicode: unfolded, and encoded words decoded.</param>
public sealed record MessageHeader(string Name, string Value);
