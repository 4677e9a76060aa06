namespace MailAdmin.Server;

/// <summary>What a <see cref="Fault"/> does.</summary>
public enum FaultKind
{
    /// <summary>
    /// Another reply. When it is of the sort that the step has on success, the command takes effect all the same;
    /// otherwise it has none. Behind 421, and at the steps before the greeting, the connection is closed.
    /// </summary>
    Reply,

    /// <summary>The connection is closed in order (FIN), without a reply.</summary>
    Drop,

    /// <summary>The connection is aborted (RST), without a reply.</summary>
    Reset,

    /// <summary>
    /// No reply, and none to anything that follows; the connection stays open until the client leaves.
    /// </summary>
    Stall,

    /// <summary>Octets that are no reply, in place of one; the session goes on.</summary>
    Garbage,

    /// <summary>From here on the server reads and writes at a limited rate.</summary>
    Slow,
}
