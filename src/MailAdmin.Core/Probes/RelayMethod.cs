namespace MailAdmin.Probes;

/// <summary>What the way through a server amounts to.</summary>
public enum RelayMethod
{
    /// <summary>The server did not accept, or there is nothing to tell the methods apart by.</summary>
    Unknown,

    /// <summary>The server takes mail for its own domain, as from anybody: at Microsoft 365, Direct Send.</summary>
    DirectSend,

    /// <summary>
    /// The server relays to other domains without a login, as it knows this address or the client certificate: at
    /// Microsoft 365, a connector.
    /// </summary>
    Connector,

    /// <summary>The server relays because of the login.</summary>
    Submission,

    /// <summary>
    /// The server took foreign mail to a foreign domain without a login. If it has no reason to know this address, it
    /// is an open relay.
    /// </summary>
    OpenRelaySuspected,
}
