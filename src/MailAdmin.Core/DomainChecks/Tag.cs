namespace MailAdmin.DomainChecks;

/// <summary>One <c>name=value</c> of a <see cref="TagList"/>, without the white space around both.</summary>
internal readonly record struct Tag(string Name, string Value);
