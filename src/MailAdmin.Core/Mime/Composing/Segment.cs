namespace MailAdmin.Mime.Composing;

/// <summary>A piece of a message whose octets are made while the message is written.</summary>
internal abstract class Segment
{
    /// <summary>The exact number of octets it writes.</summary>
    public abstract long Length { get; }

    /// <exception cref="MessageException">The content is not what it was when it was measured.</exception>
    public abstract ValueTask WriteToAsync(Stream destination, CancellationToken cancellationToken);
}
