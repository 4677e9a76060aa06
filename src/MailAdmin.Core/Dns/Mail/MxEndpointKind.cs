namespace MailAdmin.Dns.Mail;

/// <summary>How a domain says where its mail goes.</summary>
public enum MxEndpointKind
{
    /// <summary>By MX records.</summary>
    Mx,

    /// <summary>There are none, so mail goes to the domain's own address (RFC 5321 §5.1).</summary>
    Implicit,

    /// <summary>It says that it takes no mail (null MX, RFC 7505).</summary>
    Null,

    /// <summary>Not at all: it has neither an MX record nor an address.</summary>
    None,
}
