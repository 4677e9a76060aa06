namespace MailAdmin.Storage;

/// <summary>The place of a store on this machine.</summary>
/// <param name="Path">The file, as a full path.</param>
/// <param name="Access">Who else may use it when it is made.</param>
public sealed record StoreLocation(string Path, StoreAccess Access)
{
    private const string MarkSuffix = "-limits";

    /// <summary>
    /// True when limits have been set here at some time. So who sends without a trace need not open the store to
    /// learn that there are none.
    /// </summary>
    public bool HasLimits => File.Exists(Path + MarkSuffix);

    /// <summary>Notes that limits are about to be set in the store of a file.</summary>
    /// <exception cref="StoreException">The folder does not take it.</exception>
    internal static void MarkLimits(string path)
    {
        var mark = path + MarkSuffix;
        try
        {
            if (!File.Exists(mark))
            {
                File.Create(mark).Dispose();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                StoreFault.AccessDenied,
                $"The file '{mark}', which says that there are limits, cannot be made.",
                "Make the folder of the store writable for those who set limits.",
                e);
        }
    }
}
