namespace MailAdmin.Storage;

/// <summary>Gives an item back that was not attempted.</summary>
/// <param name="Id">The item.</param>
/// <param name="NotBefore">When it is due again; null for at once, in its old place.</param>
/// <param name="CountsAsDeferral">True when its own turn had come and a window was full.</param>
public sealed record QueueRelease(long Id, DateTimeOffset? NotBefore = null, bool CountsAsDeferral = false);
