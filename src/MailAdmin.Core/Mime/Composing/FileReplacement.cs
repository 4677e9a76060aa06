namespace MailAdmin.Mime.Composing;

/// <summary>Writes a file beside its place and moves it there, so that nobody ever sees half of it.</summary>
internal static class FileReplacement
{
    public static async ValueTask WriteAsync(string path, Func<Stream, ValueTask> write)
    {
        var whole = Path.GetFullPath(path);
        var partial = $"{whole}.{Guid.NewGuid():N}.partial";
        try
        {
            var stream = new FileStream(
                partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 4096, FileOptions.Asynchronous);
            await using (stream.ConfigureAwait(false))
            {
                await write(stream).ConfigureAwait(false);
            }

            File.Move(partial, whole, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }
}
