using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns.Transport;

/// <summary>
/// Asks one server: over UDP, then over TCP what was too long (RFC 7766 §5), and without EDNS who does not know it
/// (RFC 6891 §7).
/// </summary>
internal sealed class ServerLink : IDisposable
{
    // How long a server that did not answer is asked only after the others.
    private static readonly TimeSpan SilencePenalty = TimeSpan.FromSeconds(30);

    private const long NotSilent = long.MinValue;

    private readonly IPEndPoint _server;
    private readonly ServerOptions _options;
    private readonly DnsRandom _random;
    private readonly TimeProvider _time;
    private readonly ChannelPool<UdpChannel> _udp;
    private readonly ChannelPool<TcpChannel> _tcp;
    private long _silentSince = NotSilent;

    /// <summary>Prepares it; sockets open with the first query.</summary>
    public ServerLink(IPEndPoint server, ServerOptions options, DnsRandom random, TimeProvider time)
    {
        _server = server;
        _options = options;
        _random = random;
        _time = time;
        _udp = new ChannelPool<UdpChannel>(options.MaxIdle, random);
        _tcp = new ChannelPool<TcpChannel>(options.MaxIdle, random);
    }

    /// <summary>True for a while after the server did not answer.</summary>
    public bool IsSilent =>
        Volatile.Read(ref _silentSince) is var since and not NotSilent && _time.GetElapsedTime(since) < SilencePenalty;

    /// <summary>Asks once; every failure but the caller's cancellation is an outcome.</summary>
    public async Task<DnsResponse> AskAsync(DnsQuestion question, CancellationToken cancellationToken)
    {
        try
        {
            var response = await AskAsync(question, edns: true, cancellationToken).ConfigureAwait(false)
                ?? await AskAsync(question, edns: false, cancellationToken).ConfigureAwait(false)
                ?? Failure(question, DnsOutcome.Malformed, "the reply makes no sense");
            Volatile.Write(ref _silentSince, NotSilent);
            return response;
        }
        catch (SocketException e)
        {
            Volatile.Write(ref _silentSince, _time.GetTimestamp());
            return Failure(question, DnsOutcome.Unreachable, $"{_server}: {e.Message}");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            Volatile.Write(ref _silentSince, _time.GetTimestamp());
            var limit = _options.Timeout.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            return Failure(question, DnsOutcome.Timeout, $"{_server} did not answer within {limit} s");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _udp.Dispose();
        _tcp.Dispose();
    }

    /// <summary>Null when the server does not know EDNS and should be asked without.</summary>
    private async ValueTask<DnsResponse?> AskAsync(DnsQuestion question, bool edns, CancellationToken cancellationToken)
    {
        var query = new DnsQuery(question, _options.Flags, edns, _options.WantsSignatures);
        var response = _options.UsesTcpOnly
            ? null
            : await AskOverUdpAsync(question, query, cancellationToken).ConfigureAwait(false);
        response ??= await AskOverTcpAsync(question, query, cancellationToken).ConfigureAwait(false);
        return edns && response is { Outcome: DnsOutcome.OtherError, ResponseCode: { } code } && IsEdnsUnknown(code)
            ? null
            : response;
    }

    /// <summary>Null when the reply was too long for UDP.</summary>
    private async ValueTask<DnsResponse?> AskOverUdpAsync(
        DnsQuestion question,
        DnsQuery query,
        CancellationToken cancellationToken)
    {
        var channel = _udp.Take() ?? new UdpChannel(_server, _random, _time);
        try
        {
            query.Id = _random.Next();
            var reply = await channel.ExchangeAsync(query, _options.Timeout, cancellationToken).ConfigureAwait(false);
            return IsCutOff(reply.Span) ? null : Read(question, reply, usedTcp: false);
        }
        finally
        {
            _udp.Return(channel);
        }
    }

    private async ValueTask<DnsResponse> AskOverTcpAsync(
        DnsQuestion question,
        DnsQuery query,
        CancellationToken cancellationToken)
    {
        while (true)
        {
            var channel = _tcp.Take() ?? new TcpChannel(_server, _time);
            try
            {
                query.Id = _random.Next();
                var reply = await channel.ExchangeAsync(query, _options.Timeout, cancellationToken)
                    .ConfigureAwait(false);
                return Read(question, reply, usedTcp: true);
            }
            catch (SocketException) when (channel.IsUsed)
            {
                // The server had ended the idle connection: another one.
            }
            finally
            {
                _tcp.Return(channel);
            }
        }
    }

    private DnsResponse Read(DnsQuestion question, ReadOnlyMemory<byte> message, bool usedTcp)
    {
        if (!MessageReader.TryRead(message.Span, question.Name, out var reply))
        {
            return Failure(question, DnsOutcome.Malformed, $"the reply of {_server} is no sound DNS message");
        }

        var source = new ReplySource(_server, usedTcp, _options.IsTrusted);
        return ReplyInterpreter.Interpret(question, reply, message.Length, source);
    }

    private DnsResponse Failure(DnsQuestion question, DnsOutcome outcome, string detail) => new()
    {
        Name = question.Name,
        Type = question.Type,
        Outcome = outcome,
        Server = _server,
        Detail = detail,
    };

    private static bool IsCutOff(ReadOnlySpan<byte> reply) =>
        reply.Length >= UdpChannel.BufferOctets
        || (MessageHeader.TryRead(reply, out var header) && header.Has(MessageHeader.Truncated));

    private static bool IsEdnsUnknown(int code) =>
        code is ResponseCode.FormatError or ResponseCode.NotImplemented or ResponseCode.BadVersion;
}
