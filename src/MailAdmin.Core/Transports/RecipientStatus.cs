namespace MailAdmin.Transports;

/// <summary>What became of one recipient of a message.</summary>
public enum RecipientStatus
{
    /// <summary>
    /// The message was not offered for this recipient: no server was asked, or it was withheld as others were refused.
    /// </summary>
    NotTried,

    /// <summary>The next server took the message for this recipient.</summary>
    Accepted,

    /// <summary>Refused for now (4yz), or the outcome is unknown because the connection broke.</summary>
    Deferred,

    /// <summary>Refused for good (5yz).</summary>
    Refused,
}
