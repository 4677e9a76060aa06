namespace MailAdmin.Queueing;

/// <summary>A way that is written down: from <see cref="MailQueue.Prepare"/>, for any number of messages.</summary>
/// <param name="Destination">What back-off is kept by.</param>
/// <param name="Json">The route, its secrets protected.</param>
public sealed record QueueRoute(string Destination, string Json)
{
    /// <inheritdoc/>
    public override string ToString() => Destination;
}
