using System.Buffers;
using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Eml;

/// <summary>
/// A message that came from a stream: small ones stay in memory, others go to a file that only the owner can read.
/// </summary>
internal sealed class SpooledEmlSource : EmlSource
{
    private const int InMemory = 256 * 1024;
    private const int PieceLength = 8 * 1024;

    private readonly FileStream _file;

    private SpooledEmlSource(FileStream file) => _file = file;

    public override string Name => "the input";

    public static async ValueTask<EmlSource> CreateAsync(Stream input, CancellationToken cancellationToken)
    {
        var start = new ArrayBufferWriter<byte>();
        int read;
        do
        {
            read = await input.ReadAsync(start.GetMemory(PieceLength), cancellationToken).ConfigureAwait(false);
            start.Advance(read);
        }
        while (read > 0 && start.WrittenCount < InMemory);
        if (read == 0)
        {
            return new MemoryEmlSource(start.WrittenMemory);
        }

        var spooled = new SpooledEmlSource(CreateFile());
        try
        {
            await spooled._file.WriteAsync(start.WrittenMemory, cancellationToken).ConfigureAwait(false);
            await input.CopyToAsync(spooled._file, cancellationToken).ConfigureAwait(false);
            await spooled._file.FlushAsync(cancellationToken).ConfigureAwait(false);
            return spooled;
        }
        catch
        {
            await spooled.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override ContentReader Open() => FileContentReader.Open(_file.Name, "MessageFile");

    /// <summary>Deletes the file.</summary>
    public override ValueTask DisposeAsync() => _file.DisposeAsync();

    private static FileStream CreateFile()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            Options = FileOptions.DeleteOnClose | FileOptions.Asynchronous,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(Path.Combine(Path.GetTempPath(), $"mailadmin-{Guid.NewGuid():N}.eml"), options);
    }
}
