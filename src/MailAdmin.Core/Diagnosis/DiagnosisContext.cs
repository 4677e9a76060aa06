namespace MailAdmin.Diagnosis;

/// <summary>
/// What is known about an attempt besides the server's words. It fills the placeholders of admin commands and decides
/// between causes that fit equally well.
/// </summary>
public sealed record DiagnosisContext
{
    /// <summary>The login, such as <c>printer@contoso.com</c>; null when none was used or it is not known.</summary>
    public string? User { get; init; }

    /// <summary>The sender's address; null when it is not known.</summary>
    public string? Sender { get; init; }

    /// <summary>The recipient; null when it is not known or there were several.</summary>
    public string? Recipient { get; init; }

    /// <summary>The server's name; null when it is not known.</summary>
    public string? Server { get; init; }

    /// <summary>
    /// The sending method, one of <see cref="SmtpDiagnosis.Methods"/>'s names; null when it is not known.
    /// </summary>
    public string? Method { get; init; }
}
