namespace MailAdmin.DomainChecks;

/// <summary>Options with which no domain can be checked.</summary>
public sealed class MailDomainCheckException : MailException
{
    internal MailDomainCheckException(string message, string recommendedAction)
        : base("InvalidDomainCheckOptions", MailErrorKind.InvalidInput, message, recommendedAction)
    {
    }
}
