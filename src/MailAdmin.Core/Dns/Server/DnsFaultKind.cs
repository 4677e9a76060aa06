namespace MailAdmin.Dns.Server;

/// <summary>What a <see cref="DnsTestServer"/> does wrong.</summary>
public enum DnsFaultKind
{
    /// <summary>Nothing but being late; see <see cref="DnsFault.Delay"/>.</summary>
    None,

    /// <summary>Does not answer; over TCP, ends the connection.</summary>
    Drop,

    /// <summary>Answers with <see cref="DnsFault.ResponseCode"/>.</summary>
    Error,

    /// <summary>Over UDP says that the answer is too long (TC bit).</summary>
    Truncate,

    /// <summary>As one who does not know EDNS: FORMERR, and nothing behind the header.</summary>
    RefuseEdns,

    /// <summary>Before the right reply sends forged ones: wrong ID, other question, other port, noise.</summary>
    Forge,

    /// <summary>Answers with a name whose compression pointers lead in a circle.</summary>
    PointerLoop,

    /// <summary>Says that there are more records than there are.</summary>
    LieAboutCounts,

    /// <summary>Breaks the reply off in its middle.</summary>
    CutShort,

    /// <summary>Over UDP sends far more than the client takes.</summary>
    Oversize,
}
