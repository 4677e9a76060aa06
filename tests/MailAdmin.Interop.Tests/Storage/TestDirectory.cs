namespace MailAdmin.Interop.Storage;

/// <summary>A directory for one server, which its users may enter, and which is gone afterwards.</summary>
public sealed class TestDirectory : IDisposable
{
    private const UnixFileMode Everyone = (UnixFileMode)0b111_111_111;
    private const UnixFileMode Enterable = (UnixFileMode)0b111_101_101;

    /// <summary>Makes it under the machine's temporary directory.</summary>
    public TestDirectory(string name)
    {
        Path = System.IO.Directory.CreateTempSubdirectory($"mailadmin-{name}-").FullName;
        SetMode(Path, Enterable);
    }

    /// <summary>Where it is.</summary>
    public string Path { get; }

    /// <summary>Makes a directory into which every user may write.</summary>
    public static void CreateShared(string path)
    {
        Directory.CreateDirectory(path);
        SetMode(path, Everyone);
    }

    /// <summary>Makes a subdirectory that every user may enter.</summary>
    public string Subdirectory(string name)
    {
        var path = System.IO.Path.Combine(Path, name);
        Directory.CreateDirectory(path);
        SetMode(path, Enterable);
        return path;
    }

    /// <summary>Writes a file that every user may read.</summary>
    public string Write(string name, string content)
    {
        var path = System.IO.Path.Combine(Path, name);
        File.WriteAllText(path, content);
        return path;
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(Path, recursive: true);

    private static void SetMode(string path, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, mode);
        }
    }
}
