namespace MailAdmin.Mime.Composing;

/// <summary>
/// Everything but the attachments in one pooled buffer, and the places in it where the other octets go.
/// </summary>
/// <param name="buffer">What is there already.</param>
/// <param name="segments">What is made while writing, and where it goes in the buffer; ascending.</param>
/// <param name="traits">What the message asks of the server.</param>
/// <param name="contents">The open files, which are closed with the message.</param>
internal sealed class ComposedMessage(
    WireBuffer buffer,
    IReadOnlyList<(int Place, Segment Segment)> segments,
    WireTraits traits,
    IReadOnlyList<IAsyncDisposable> contents)
    : PreparedMessage
{
    public override long Length { get; } = buffer.Length + segments.Sum(s => s.Segment.Length);

    public override bool IsEightBit => traits.IsEightBit;

    public override bool UsesUtf8Headers => traits.UsesUtf8Headers;

    public override async ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken)
    {
        var written = 0;
        foreach (var (place, segment) in segments)
        {
            await destination.WriteAsync(buffer.WrittenMemory[written..place], cancellationToken).ConfigureAwait(false);
            await segment.WriteToAsync(destination, cancellationToken).ConfigureAwait(false);
            written = place;
        }

        await destination.WriteAsync(buffer.WrittenMemory[written..], cancellationToken).ConfigureAwait(false);
    }

    public override async ValueTask DisposeAsync()
    {
        buffer.Dispose();
        foreach (var content in contents)
        {
            await content.DisposeAsync().ConfigureAwait(false);
        }
    }
}
