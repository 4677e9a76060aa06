namespace MailAdmin.DomainChecks;

/// <summary>A domain or options with which nothing can be checked.</summary>
public sealed class MailDomainCheckException : MailException
{
    private MailDomainCheckException(string errorId, string message, string recommendedAction)
        : base(errorId, MailErrorKind.InvalidInput, message, recommendedAction)
    {
    }

    internal MailDomainCheckException(string message, string recommendedAction)
        : this("InvalidDomainCheckOptions", message, recommendedAction)
    {
    }

    internal static MailDomainCheckException NoDomain(string text, string reason) => new(
        "InvalidDomain",
        $"'{PrintableText.Short(text)}' is no mail domain: {reason}.",
        "Name the domain alone, as it stands behind the @ of its addresses: example.com.");
}
