namespace MailAdmin.Mime;

/// <summary>
/// A message in its final form for one server. Its octets are made on demand: attachments are read from their files
/// while they are written. Lines end in CRLF, the last one too; there is no bare CR or LF and no line over 998 octets.
/// </summary>
public abstract class PreparedMessage : IAsyncDisposable
{
    /// <summary>
    /// The exact number of octets that <see cref="WriteToAsync"/> writes, without dot-stuffing (RFC 1870).
    /// </summary>
    public abstract long Length { get; }

    /// <summary>True when octets over 127 occur, so that MAIL FROM must say BODY=8BITMIME.</summary>
    public abstract bool IsEightBit { get; }

    /// <summary>True when headers hold UTF-8, so that MAIL FROM must say SMTPUTF8.</summary>
    public abstract bool UsesUtf8Headers { get; }

    /// <summary>
    /// Writes the whole message, without dot-stuffing and without the final dot. May be called again.
    /// </summary>
    /// <exception cref="MessageException">An attachment vanished or changed its size since it was prepared.</exception>
    public abstract ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken);

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
