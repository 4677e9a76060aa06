namespace MailAdmin.Throttling;

/// <summary>The sorts of <see cref="ThrottleScope"/>.</summary>
public enum ThrottleScopeKind
{
    /// <summary>A server that was named.</summary>
    Server,

    /// <summary>A method of sending; each account that logs in has windows of its own.</summary>
    Method,

    /// <summary>A provider as a whole, with all its methods and accounts.</summary>
    Provider,
}
