using MailAdmin.Diagnosis;
using MailAdmin.Smtp;
using MailAdmin.Transports;

namespace MailAdmin.PowerShell.Sending;

/// <summary>What became of one recipient.</summary>
public sealed class RecipientResult
{
    private readonly SmtpReply? _reply;

    internal RecipientResult(RecipientOutcome outcome)
    {
        _reply = outcome.Reply;
        Address = outcome.Address.ToString();
        Status = outcome.Status;
        ReplyCode = outcome.Reply?.Code;
        EnhancedCode = outcome.Reply?.Enhanced?.ToString();
        Reply = outcome.Reply?.Text;
    }

    /// <summary>Who it is.</summary>
    public string Address { get; }

    /// <summary>Accepted, Deferred, Refused or NotTried.</summary>
    public RecipientStatus Status { get; }

    /// <summary>The code of the reply that decided it; null when there was none.</summary>
    public int? ReplyCode { get; }

    /// <summary>The enhanced status code of that reply, such as 5.1.1; null when it has none.</summary>
    public string? EnhancedCode { get; }

    /// <summary>The text of that reply; null when there was none.</summary>
    public string? Reply { get; }

    /// <summary>Address and status.</summary>
    public override string ToString() => $"{Address}: {Status}";

    /// <summary>Explains why the recipient did not get it.</summary>
    internal IReadOnlyList<SmtpDiagnosis> Explain(ErrorCatalog catalog, string culture) =>
        _reply is null ? [] : catalog.Explain(_reply, culture, new DiagnosisContext { Recipient = Address });
}
