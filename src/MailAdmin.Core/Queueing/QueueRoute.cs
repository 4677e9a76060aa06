namespace MailAdmin.Queueing;

/// <summary>
/// A way that is written down: from <see cref="MailQueue.PrepareAsync"/>, for any number of messages.
/// </summary>
/// <param name="Destination">What back-off is kept by.</param>
/// <param name="Json">The route, its secrets protected.</param>
public sealed record QueueRoute(string Destination, string Json)
{
    /// <summary>The most octets of one of the messages; null for any number.</summary>
    public long? LargestMessage { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Destination;
}
