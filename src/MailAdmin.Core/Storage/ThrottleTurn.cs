namespace MailAdmin.Storage;

/// <summary>The item at the head of a key's items: its turn came, the window was full, and it was deferred.</summary>
/// <param name="Item">The item.</param>
/// <param name="Until">When its turn comes again, by the store's clock.</param>
public sealed record ThrottleTurn(long Item, DateTimeOffset Until);
