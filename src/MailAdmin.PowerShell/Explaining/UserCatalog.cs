using System.Management.Automation;
using MailAdmin.Diagnosis;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Explaining;

/// <summary>Reads a user's own error rules.</summary>
internal static class UserCatalog
{
    /// <summary>The catalogue that comes with MailAdmin, with the rules of a file before it.</summary>
    /// <param name="cmdlet">Whose location counts, and who warns of a language that there are no words in.</param>
    /// <param name="path">The file; null for none.</param>
    /// <param name="culture">The language that was asked for; null for none.</param>
    /// <exception cref="InputException">The file cannot be read.</exception>
    /// <exception cref="ErrorCatalogException">The file is malformed.</exception>
    public static ErrorCatalog Open(PSCmdlet cmdlet, string? path, string? culture)
    {
        var catalog = path is null ? ErrorCatalog.Default : Read(FilePaths.Full(cmdlet.SessionState, path));
        if (culture is not null && !catalog.HasCulture(culture))
        {
            cmdlet.WriteWarning(
                $"There are no words in '{culture}', only in {string.Join(", ", catalog.Cultures)}; English is used.");
        }

        return catalog;
    }

    private static ErrorCatalog Read(string full)
    {
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
