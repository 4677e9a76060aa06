namespace MailAdmin.Dns.Mail;

/// <summary>A mail service, as the names of its mail exchanges show it.</summary>
public sealed record MxProvider
{
    /// <summary>Its name for programs, such as <c>Microsoft365</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The domains that its mail exchanges are in, the narrower ones first.</summary>
    public required IReadOnlyList<string> Suffixes { get; init; }

    /// <summary>True for one that checks mail and hands it on; the mailboxes are elsewhere.</summary>
    public bool Filters { get; init; }
}
