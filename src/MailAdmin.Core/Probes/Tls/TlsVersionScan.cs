using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using MailAdmin.Net;
using MailAdmin.Transports;

namespace MailAdmin.Probes.Tls;

/// <summary>
/// Finds versions and cipher suites with hellos of its own, each over a connection of its own, as the system's TLS
/// cannot offer what it forbids. What a server chose is left out of the next hello, until it finds nothing more.
/// </summary>
internal sealed class TlsVersionScan(SmtpRoute route, TlsDoor door, RandomNumberGenerator random)
{
    // More at once could meet a server's limit of connections for one client.
    private const int MaxConnections = 3;
    private const int MaxAnswer = 1 << 14;

    // A server that says nothing to a hello that it does not like must not hold up the rest for a minute. All versions
    // take two turns, which are to add no more than two seconds to the time for the handshake.
    private static readonly TimeSpan MaxSilence = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim _places = new(MaxConnections);
    private MailException? _lost;

    /// <summary>Asks for all versions.</summary>
    /// <param name="withCiphers">Whether all cipher suites are found, or one for each version.</param>
    /// <param name="progress">Told the number of hellos so far; null for nobody.</param>
    /// <param name="cancellationToken">Stops at once.</param>
    public async Task<IReadOnlyList<TlsVersionResult>> RunAsync(
        bool withCiphers, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        var count = 0;
        var counting = new Action(() => progress?.Report(Interlocked.Increment(ref count)));
        var scans = Enum.GetValues<TlsVersion>().Select(v => ScanAsync(v, withCiphers, counting, cancellationToken));
        return await Task.WhenAll(scans).ConfigureAwait(false);
    }

    private async Task<TlsVersionResult> ScanAsync(
        TlsVersion version, bool withCiphers, Action asked, CancellationToken cancellationToken)
    {
        var left = CipherSuites.For(version).ToList();
        var found = new List<TlsCipher>();
        try
        {
            while (left.Count > 0)
            {
                var answer = await AskAsync(version, left, cancellationToken).ConfigureAwait(false);
                asked();
                if (answer is not ServerAnswer.Hello hello || hello.Version != (int)version ||
                    !left.Remove(hello.CipherSuite))
                {
                    return Conclude(version, found, answer);
                }

                found.Add(CipherSuites.Judge(hello.CipherSuite));
                if (!withCiphers)
                {
                    break;
                }
            }

            return new TlsVersionResult(version, true, found, "");
        }
        catch (MailException e)
        {
            // Who waited in vain to get in need not wait again for each version.
            _lost ??= e is PeerTimeoutException or ConnectException ? e : null;
            return new TlsVersionResult(version, found.Count > 0 ? true : null, found, e.Message)
            {
                IsComplete = false,
            };
        }
    }

    private static TlsVersionResult Conclude(TlsVersion version, IReadOnlyList<TlsCipher> found, ServerAnswer answer) =>
        found.Count > 0 ? new(version, true, found, "")
        : new(version, answer is ServerAnswer.Silent ? null : false, found, Describe(answer));

    private async Task<ServerAnswer> AskAsync(
        TlsVersion version, IReadOnlyList<TlsCipherSuite> suites, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_lost is not null)
            {
                throw _lost;
            }

            var client = await door.OpenAsync(observer: null, transcript: null, cancellationToken)
                .ConfigureAwait(false);
            await using (client.ConfigureAwait(false))
            {
                return await AskAsync(client.Connection, version, suites, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _places.Release();
        }
    }

    private async Task<ServerAnswer> AskAsync(
        Connection connection,
        TlsVersion version,
        IReadOnlyList<TlsCipherSuite> suites,
        CancellationToken cancellationToken)
    {
        var octets = new byte[ClientHelloWriter.RandomLength];
        random.GetBytes(octets);
        var name = IPAddress.TryParse(route.Host.Trim('[', ']'), out _) ? null : route.Host;
        var hello = ClientHelloWriter.Write(new ClientHello(version, suites, name), octets);
        var limit = route.Timeouts.TlsHandshake < MaxSilence ? route.Timeouts.TlsHandshake : MaxSilence;
        connection.ExpectsTlsRecords = true;
        connection.Stage = "the TLS handshake";
        try
        {
            await connection.WriteDataAsync(hello, limit, cancellationToken).ConfigureAwait(false);
            await connection.FlushAsync(limit, cancellationToken).ConfigureAwait(false);
            var reader = new ServerHelloReader();
            while (true)
            {
                var received = await connection.ReadDataAsync(MaxAnswer, limit, cancellationToken)
                    .ConfigureAwait(false);
                if (reader.Add(received.Span) is { } answer)
                {
                    return answer;
                }
            }
        }
        catch (ConnectionLostException)
        {
            // Servers refuse so as well; OpenSSL-based ones at a high security level do.
            return new ServerAnswer.Closed();
        }
        catch (PeerTimeoutException)
        {
            return new ServerAnswer.Silent();
        }
    }

    private static string Describe(ServerAnswer answer) => answer switch
    {
        ServerAnswer.Alert alert => AlertNames.Of(alert.Description),
        ServerAnswer.Closed => "the server closed the connection",
        ServerAnswer.Silent => "the server did not answer",
        ServerAnswer.Hello other => FormattableString.Invariant(
            $"the server chose version 0x{other.Version:X4} instead"),
        _ => "the answer was not TLS",
    };
}
