namespace MailAdmin.PowerShell.Binding;

/// <summary>A picture that HTML text shows.</summary>
/// <param name="ContentId">What stands behind <c>cid:</c>.</param>
/// <param name="Path">The file.</param>
public sealed record InlineFile(string ContentId, string Path);
