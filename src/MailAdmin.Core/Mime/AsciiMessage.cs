namespace MailAdmin.Mime;

/// <summary>
/// A message in memory that was written by a <see cref="PreparedMessage"/> before, all of it ASCII: every server takes
/// it as it is.
/// </summary>
/// <param name="octets">The whole of it.</param>
internal sealed class AsciiMessage(ReadOnlyMemory<byte> octets) : PreparedMessage
{
    public override long Length => octets.Length;

    public override bool IsEightBit => false;

    public override bool UsesUtf8Headers => false;

    public override ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken) =>
        destination.WriteAsync(octets, cancellationToken);
}
