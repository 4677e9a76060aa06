using MailAdmin.Storage;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Keeping;

/// <summary>What an attempt came to for one recipient.</summary>
public sealed class EmailHistoryRecipient
{
    internal EmailHistoryRecipient(HistoryRecipient recipient)
    {
        Address = recipient.Address;
        Status = recipient.Status;
        ReplyCode = recipient.Reply?.Code;
        EnhancedCode = recipient.Reply?.Enhanced?.ToString();
        Reply = recipient.Reply?.Text;
    }

    /// <summary>Who it is.</summary>
    public string Address { get; }

    /// <summary>Accepted, Deferred, Refused or NotTried.</summary>
    public RecipientStatus Status { get; }

    /// <summary>The code of the reply that decided it; null when there was none.</summary>
    public int? ReplyCode { get; }

    /// <summary>The enhanced status code of that reply; null when it has none.</summary>
    public string? EnhancedCode { get; }

    /// <summary>The text of that reply.</summary>
    public string? Reply { get; }

    /// <summary>Address and status.</summary>
    public override string ToString() => $"{Address}: {Status}";
}
