namespace MailAdmin.Server;

/// <summary>
/// A message on its way into a folder. Content and envelope get their names only when both are complete, the content
/// last: who sees <c>ID.eml</c> finds all of it, and <c>ID.json</c> beside it.
/// </summary>
internal sealed class MessageFile : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string _id;
    private readonly FileStream _content;

    public MessageFile(string folder, string id)
    {
        _folder = folder;
        _id = id;
        _content = MessageFolder.Create(TemporaryPath, FileOptions.Asynchronous);
    }

    /// <summary>Where the content is until <see cref="CommitAsync"/>.</summary>
    public string TemporaryPath => Path.Combine(_folder, $".{_id}.tmp");

    public ValueTask AppendAsync(ReadOnlyMemory<byte> octets, CancellationToken cancellationToken) =>
        _content.WriteAsync(octets, cancellationToken);

    /// <summary>Closes the content, so that it can be read under its temporary name.</summary>
    public ValueTask CompleteAsync() => _content.DisposeAsync();

    /// <summary>Gives the message its name; returns it with its path.</summary>
    public async Task<ReceivedMessage> CommitAsync(ReceivedMessage message, CancellationToken cancellationToken)
    {
        var envelope = Path.Combine(_folder, $".{_id}.json.tmp");
        var file = MessageFolder.Create(envelope, FileOptions.Asynchronous);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(EnvelopeJson.Write(message), cancellationToken).ConfigureAwait(false);
        }

        File.Move(envelope, Path.Combine(_folder, $"{_id}.json"));
        var path = Path.Combine(_folder, $"{_id}.eml");
        File.Move(TemporaryPath, path);
        return message with { Path = path };
    }

    /// <summary>Removes what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await _content.DisposeAsync().ConfigureAwait(false);
        File.Delete(TemporaryPath);
    }
}
