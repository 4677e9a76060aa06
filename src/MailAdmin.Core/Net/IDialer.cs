namespace MailAdmin.Net;

/// <summary>The network: makes connections. Tests and benchmarks put their own in its place.</summary>
public interface IDialer
{
    /// <summary>Connects to a host; no octet of the mail protocol is exchanged yet.</summary>
    /// <param name="host">A host name in its ASCII form, or an IP address in its text form.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="options">How to connect.</param>
    /// <param name="transcript">What the connection is to be recorded in; null for nothing.</param>
    /// <param name="cancellationToken">Stops the attempt at once.</param>
    /// <exception cref="ConnectException">No connection could be made.</exception>
    Task<Connection> DialAsync(
        string host, int port, DialOptions options, ITranscript? transcript, CancellationToken cancellationToken);
}
