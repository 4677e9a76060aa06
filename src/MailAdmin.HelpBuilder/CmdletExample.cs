namespace MailAdmin.HelpBuilder;

/// <summary>One example of a cmdlet's help.</summary>
internal sealed record CmdletExample(string Title, string Code, IReadOnlyList<string> Remarks);
