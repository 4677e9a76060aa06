namespace MailAdmin.Server;

/// <summary>
/// A folder of received messages that only its owner can read (on Windows: whom the parent folder lets in).
/// </summary>
internal sealed class MessageFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _path;

    private MessageFolder(string path) => _path = path;

    /// <summary>Opens the folder; makes it when it does not exist.</summary>
    /// <exception cref="SmtpTestServerException">It cannot be made or written to (<c>FolderNotUsable</c>).</exception>
    public static MessageFolder Open(string path)
    {
        try
        {
            var full = Path.GetFullPath(path);
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(full);
            }
            else
            {
                Directory.CreateDirectory(full, OwnerOnly | UnixFileMode.UserExecute);
            }

            using var probe = Create(Path.Combine(full, $".{Path.GetRandomFileName()}.tmp"), FileOptions.DeleteOnClose);
            return new MessageFolder(full);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new SmtpTestServerException(
                "FolderNotUsable",
                MailErrorKind.NotFound,
                $"Messages cannot be written to the folder '{path}': {e.Message}",
                "Name a folder that you may write to.",
                e);
        }
    }

    public MessageFile Begin(string id) => new(_path, id);

    /// <summary>Makes a file that must not exist yet.</summary>
    public static FileStream Create(string path, FileOptions fileOptions)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            Options = fileOptions,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return new FileStream(path, options);
    }
}
