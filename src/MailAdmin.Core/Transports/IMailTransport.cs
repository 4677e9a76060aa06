namespace MailAdmin.Transports;

/// <summary>
/// The port between the product and whatever makes mail leave: SMTP, later Graph and pickup folders. One transport is
/// one route; it keeps what it opens until it is disposed.
/// </summary>
public interface IMailTransport : IAsyncDisposable
{
    /// <summary>
    /// Sends one message. It may be called again before the first call is done: messages go in the order of the calls
    /// over one connection, and a message that is waiting when its predecessor ends travels without a round trip of its
    /// own. Two or three calls under way are enough for that; there is no other limit.
    /// </summary>
    /// <param name="message">The message; it must have a recipient.</param>
    /// <param name="octetsSent">
    /// Told the octets of the content that were written so far, at most every 64 KiB and at the end. Starts again from
    /// zero where recipients need several transactions or a connection broke.
    /// </param>
    /// <param name="cancellationToken">Gives this message up at once; the others are not affected.</param>
    /// <returns>
    /// What became of it. Failures of the message and of the route are in <see cref="DeliveryReport.Error"/>, not
    /// thrown.
    /// </returns>
    /// <exception cref="OperationCanceledException">
    /// It was given up. When that happened after the last octet had left, the server may deliver it all the same.
    /// </exception>
    Task<DeliveryReport> SendAsync(
        OutgoingMessage message, IProgress<long>? octetsSent, CancellationToken cancellationToken);

    /// <summary>
    /// Waits for the messages that are under way and takes leave of the server. The transport can be used again; a new
    /// connection is made then. Disposing does the same.
    /// </summary>
    Task CloseAsync(CancellationToken cancellationToken);
}
