namespace MailAdmin.Diagnosis;

/// <summary>A file of error rules cannot be used.</summary>
/// <param name="reason">What is wrong with it, as the end of a sentence.</param>
/// <param name="innerException">The cause, if another exception was one.</param>
public sealed class ErrorCatalogException(string reason, Exception? innerException = null) : MailException(
    "ErrorCatalogInvalid",
    MailErrorKind.InvalidInput,
    $"The file of error rules cannot be used: {reason}.",
    "Correct the file, or do without it; the rules that come with MailAdmin still work.",
    innerException);
