namespace MailAdmin.Diagnosis;

/// <summary>What another attempt is worth.</summary>
public enum RetryAdvice
{
    /// <summary>The same attempt fails until somebody changes something.</summary>
    AfterFix,

    /// <summary>Try again after the usual growing intervals.</summary>
    Later,

    /// <summary>Try again once the limit's time window has passed.</summary>
    AfterLimitResets,

    /// <summary>
    /// Stop: each further attempt makes it worse or last longer. Mend the cause, wait, then try once.
    /// </summary>
    StopAndFix,

    /// <summary>Nobody knows whether the message has arrived; look before sending it again.</summary>
    CheckFirst,
}
