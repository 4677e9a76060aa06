namespace MailAdmin.DomainChecks.Spf;

/// <summary>What SPF says about a sender (RFC 7208 §2.6).</summary>
public enum SpfVerdict
{
    /// <summary>There is no record, or no name that could have one.</summary>
    None,

    /// <summary>The domain says nothing about this address.</summary>
    Neutral,

    /// <summary>The address may send for the domain.</summary>
    Pass,

    /// <summary>The address may not send for the domain.</summary>
    Fail,

    /// <summary>The address probably may not send for the domain.</summary>
    SoftFail,

    /// <summary>The DNS could not be asked; later it may.</summary>
    TempError,

    /// <summary>The records cannot be used until somebody corrects them.</summary>
    PermError,
}
