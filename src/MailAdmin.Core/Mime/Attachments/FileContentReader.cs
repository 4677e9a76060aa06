using Microsoft.Win32.SafeHandles;

namespace MailAdmin.Mime.Attachments;

/// <summary>
/// A file that stays open from preparing to the end of sending, so that it cannot vanish in between. Others may write
/// to it (an admin attaches the log that a service has open); a change of size is noticed while reading.
/// </summary>
internal sealed class FileContentReader : ContentReader
{
    private readonly SafeFileHandle _handle;
    private readonly string _path;
    private readonly string _role;

    private FileContentReader(SafeFileHandle handle, string path, string role)
    {
        _handle = handle;
        _path = path;
        _role = role;
        Length = RandomAccess.GetLength(handle);
    }

    public override long Length { get; }

    /// <param name="path">The file.</param>
    /// <param name="role">What the file is to the message, with which the error ids begin.</param>
    /// <exception cref="MessageException">For an attachment AttachmentNotFound or AttachmentUnreadable.</exception>
    public static FileContentReader Open(string path, string role = "Attachment")
    {
        SafeFileHandle? handle = null;
        try
        {
            handle = File.OpenHandle(
                path,
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete,
                FileOptions.Asynchronous | FileOptions.SequentialScan);
            return new FileContentReader(handle, path, role);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new MessageException(
                $"{role}NotFound",
                MailErrorKind.NotFound,
                $"The file '{path}' does not exist.",
                "Check the path; a relative one starts at the current folder.",
                e);
        }
        catch (Exception e) when (
            e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            handle?.Dispose();
            throw Unreadable(path, role, e);
        }
    }

    public override async ValueTask<int> ReadAsync(
        Memory<byte> buffer, long offset, CancellationToken cancellationToken)
    {
        try
        {
            return await RandomAccess.ReadAsync(_handle, buffer, offset, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(_path, _role, e);
        }
    }

    public override ValueTask DisposeAsync()
    {
        _handle.Dispose();
        return ValueTask.CompletedTask;
    }

    private static MessageException Unreadable(string path, string role, Exception cause) =>
        new(
            $"{role}Unreadable",
            MailErrorKind.NotFound,
            $"The file '{path}' cannot be read: {cause.Message}",
            "Check that it is a file, that this account may read it and that no other program has it locked.",
            cause);
}
