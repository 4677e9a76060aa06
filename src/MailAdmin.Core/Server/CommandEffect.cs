namespace MailAdmin.Server;

/// <summary>What follows a command beyond its reply.</summary>
internal enum CommandEffect
{
    /// <summary>The next command.</summary>
    None,

    /// <summary>The content, up to the final dot.</summary>
    Content,

    /// <summary>The TLS handshake.</summary>
    Handshake,

    /// <summary>The end of the connection.</summary>
    Close,
}
