namespace MailAdmin.Transports.Methods;

/// <summary>A user's own file of sending methods cannot be used.</summary>
public sealed class SendMethodCatalogException : MailException
{
    private SendMethodCatalogException(
        string errorId, MailErrorKind kind, string message, string action, Exception cause)
        : base(errorId, kind, message, action, cause)
    {
    }

    internal static SendMethodCatalogException Unreadable(string path, Exception cause) => new(
        "SendMethodsUnreadable",
        MailErrorKind.NotFound,
        $"The file of sending methods '{path}' cannot be read: {cause.Message.TrimEnd('.')}.",
        $"Correct the path, or clear the environment variable {SendMethodCatalog.FileVariable}.",
        cause);

    internal static SendMethodCatalogException Malformed(string path, Exception cause) => new(
        "SendMethodsMalformed",
        MailErrorKind.InvalidInput,
        $"The file of sending methods '{path}' is malformed: {cause.Message}",
        "Correct the file; its form is that of the one that comes with the product.",
        cause);
}
