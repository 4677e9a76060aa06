namespace MailAdmin.DomainChecks;

/// <summary>Something to publish as it stands.</summary>
/// <param name="Area">What it is for.</param>
/// <param name="Place">The name in the DNS, or the URL of a file.</param>
/// <param name="Kind">The type of the record, such as <c>TXT</c>, or <c>FILE</c>.</param>
/// <param name="Text">Its content.</param>
public sealed record Suggestion(CheckArea Area, string Place, string Kind, string Text);
