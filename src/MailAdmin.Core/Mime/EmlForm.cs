namespace MailAdmin.Mime;

/// <summary>What an <c>.eml</c> file is written for.</summary>
public enum EmlForm
{
    /// <summary>The message as it would be sent, without Bcc.</summary>
    Message,

    /// <summary>
    /// A draft that Outlook opens for editing (<c>X-Unsent: 1</c>), with its Bcc. It needs neither sender nor
    /// recipients.
    /// </summary>
    UnsentDraft,
}
