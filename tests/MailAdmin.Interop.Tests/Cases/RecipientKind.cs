namespace MailAdmin.Interop.Cases;

/// <summary>Who gets the message.</summary>
public enum RecipientKind
{
    /// <summary>One in To.</summary>
    One,

    /// <summary>One each in To, Cc and Bcc.</summary>
    ToCcBcc,

    /// <summary>Only in Bcc.</summary>
    OnlyBcc,

    /// <summary>Three in To with the same domain.</summary>
    Three,

    /// <summary>A domain beyond ASCII.</summary>
    InternationalDomain,

    /// <summary>A local part beyond ASCII, which takes SMTPUTF8.</summary>
    InternationalLocalPart,
}
