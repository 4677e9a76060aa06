using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MailAdmin.Identity.Secrets;

/// <summary>
/// The file that binds secrets to an environment where the system has no such service: a random key with a random id,
/// which is no secret and tells one environment's secrets from another's.
/// </summary>
internal sealed class SecretKeyFile
{
    internal const int KeyLength = 32;

    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private static readonly int FileLength = Magic.Length + ProtectedSecret.KeyIdLength + KeyLength;

    private SecretKeyFile(byte[] octets)
    {
        Id = octets[Magic.Length..(Magic.Length + ProtectedSecret.KeyIdLength)];
        Key = octets[^KeyLength..];
    }

    internal byte[] Id { get; }

    internal byte[] Key { get; }

    private static ReadOnlySpan<byte> Magic => "MailAdmin key 1\n"u8;

    /// <summary>Reads the file.</summary>
    /// <returns>Null when there is none.</returns>
    /// <exception cref="SecretException">It cannot be read, is not a key file, or others can get at it.</exception>
    internal static SecretKeyFile? Read(string path, SecretAudience audience)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            CheckMode(file, path, audience);
            var octets = new byte[FileLength];
            var isWhole = file.ReadAtLeast(octets, FileLength, throwOnEndOfStream: false) == FileLength
                && file.ReadByte() < 0;
            return isWhole && octets.AsSpan().StartsWith(Magic)
                ? new SecretKeyFile(octets)
                : throw SecretException.KeyFileDamaged(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SecretException.KeyFileUnusable(path, e);
        }
    }

    /// <summary>
    /// Makes the file, unless another process is first. It appears with all of its content and its final mode, or not.
    /// </summary>
    /// <exception cref="SecretException">It cannot be written.</exception>
    internal static SecretKeyFile ReadOrCreate(string path, SecretAudience audience)
    {
        if (Read(path, audience) is { } present)
        {
            return present;
        }

        try
        {
            var temporary = $"{path}.{Guid.NewGuid():N}";
            try
            {
                Write(temporary, audience);
                Name(temporary, path);
            }
            catch (IOException) when (File.Exists(path))
            {
                // Another process made it at the same moment; its key is the one to use.
            }
            finally
            {
                File.Delete(temporary);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SecretException.KeyFileUnusable(path, e);
        }

        return Read(path, audience) ?? throw SecretException.KeyFileDamaged(path);
    }

    private static void Write(string path, SecretAudience audience)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows() && audience == SecretAudience.Machine)
        {
            // Not by UnixCreateMode: the umask would take the group's right away.
            File.SetUnixFileMode(file.SafeFileHandle, OwnerOnly | UnixFileMode.GroupRead);
        }

        file.Write(Magic);
        file.Write(RandomNumberGenerator.GetBytes(ProtectedSecret.KeyIdLength + KeyLength));
        file.Flush(flushToDisk: true);
    }

    // On Unix, moving without overwriting looks first and renames then: of two that do so at once the second would
    // replace the key of the first. A name that link(2) gives goes to one of them. Where there are no links, moving has
    // to do.
    private static void Name(string temporary, string path)
    {
        if (OperatingSystem.IsWindows() || Link(temporary, path) != 0)
        {
            File.Move(temporary, path, overwrite: false);
        }
    }

    [DllImport("libc", EntryPoint = "link")]
    private static extern int Link(
        [MarshalAs(UnmanagedType.LPUTF8Str)] string present, [MarshalAs(UnmanagedType.LPUTF8Str)] string added);

    private static void CheckMode(FileStream file, string path, SecretAudience audience)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        var allowed = audience == SecretAudience.Machine ? OwnerOnly | UnixFileMode.GroupRead : OwnerOnly;
        if ((mode & ~allowed) != 0)
        {
            throw SecretException.KeyFileOpen(
                path, Convert.ToString((int)mode, 8), audience == SecretAudience.Machine ? "640" : "600");
        }
    }
}
