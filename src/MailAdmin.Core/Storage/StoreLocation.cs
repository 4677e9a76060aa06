namespace MailAdmin.Storage;

/// <summary>The place of a store on this machine.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="Access">Who else may use it when it is made.</param>
public sealed record StoreLocation(string Path, StoreAccess Access);
