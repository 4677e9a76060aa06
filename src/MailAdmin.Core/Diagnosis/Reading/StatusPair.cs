using MailAdmin.Smtp;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>A reply code and a code of RFC 3463 that belong together; one of them may be missing.</summary>
/// <param name="Code">Three digits.</param>
/// <param name="Enhanced">The code of RFC 3463.</param>
internal readonly record struct StatusPair(int? Code, EnhancedStatusCode? Enhanced)
{
    public bool IsFailure => Code >= 400 || (Code is null && Enhanced?.Class >= 4);
}
