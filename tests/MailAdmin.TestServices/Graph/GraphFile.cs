namespace MailAdmin.TestServices.Graph;

/// <summary>A file of a message.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ContentType">Its media type.</param>
/// <param name="Content">Its octets.</param>
/// <param name="ContentId">What HTML calls it; null when it is not shown there.</param>
public sealed record GraphFile(string Name, string ContentType, byte[] Content, string? ContentId);
