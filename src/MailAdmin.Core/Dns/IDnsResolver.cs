namespace MailAdmin.Dns;

/// <summary>
/// The port to the DNS: one question, one answer. An adapter over another DNS library is a page of code; tests answer
/// from memory. Implementations are safe for any number of questions at once.
/// </summary>
public interface IDnsResolver
{
    /// <summary>
    /// Asks for the records of one name and type in class IN. Names are absolute: no search list is applied.
    /// </summary>
    /// <param name="name">The name, as <see cref="DnsName.Parse"/> or one of the extension methods makes it.</param>
    /// <param name="type">The type of the records that are wanted.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>
    /// The answer. Whatever the DNS or the network does is an <see cref="DnsResponse.Outcome"/>, never an exception.
    /// </returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    Task<DnsResponse> QueryAsync(DnsName name, DnsRecordType type, CancellationToken cancellationToken);
}
