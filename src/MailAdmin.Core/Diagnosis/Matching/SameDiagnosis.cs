namespace MailAdmin.Diagnosis.Matching;

/// <summary>Equal when a reader would learn nothing new from the second.</summary>
internal sealed class SameDiagnosis : IEqualityComparer<SmtpDiagnosis>
{
    public static SameDiagnosis Instance { get; } = new();

    public bool Equals(SmtpDiagnosis? x, SmtpDiagnosis? y) => x is not null && y is not null && Key(x) == Key(y);

    public int GetHashCode(SmtpDiagnosis obj) => Key(obj).GetHashCode();

    private static (string Id, string? Recipient, int? Line, string Text) Key(SmtpDiagnosis d) =>
        (d.Id, d.Recipient, d.LineNumber, d.Recipient is null && d.LineNumber is null ? "" : d.Text);
}
