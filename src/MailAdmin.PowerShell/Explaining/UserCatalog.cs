using System.Management.Automation;
using MailAdmin.Diagnosis;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Explaining;

/// <summary>Reads a user's own error rules.</summary>
internal static class UserCatalog
{
    /// <summary>The catalogue that comes with MailAdmin, with the rules of a file before it.</summary>
    /// <param name="session">Whose location counts.</param>
    /// <param name="path">The file; null for none.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="ErrorCatalogException">The file is malformed.</exception>
    public static ErrorCatalog Open(SessionState session, string? path)
    {
        if (path is null)
        {
            return ErrorCatalog.Default;
        }

        var full = FilePaths.Full(session, path);
        try
        {
            return ErrorCatalog.Default.With(File.ReadAllBytes(full));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw FilePaths.Unreadable(full, cause);
        }
    }
}
