namespace MailAdmin.Server;

/// <summary>
/// What the owner of a connection does next for its session; before each of them it writes the output.
/// </summary>
internal enum SessionAction
{
    /// <summary>Read and feed more octets.</summary>
    Read,

    /// <summary>Go on.</summary>
    Flush,

    /// <summary>Make the TLS handshake, then say so.</summary>
    Handshake,

    /// <summary>Keep the content as a message, then say so.</summary>
    Store,

    /// <summary>Close the connection in order.</summary>
    Close,

    /// <summary>Abort the connection.</summary>
    Reset,

    /// <summary>Say nothing more; read on, so that the client's leaving is seen.</summary>
    Stall,

    /// <summary>Say nothing more and read no more either.</summary>
    StallUnread,
}
