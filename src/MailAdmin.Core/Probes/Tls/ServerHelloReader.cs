using System.Buffers.Binary;
using System.Net.Security;

namespace MailAdmin.Probes.Tls;

/// <summary>
/// Reads the answer to a ClientHello: records until an alert or a whole ServerHello is there (RFC 5246 §6.2.1 and
/// §7.4.1.3, RFC 8446 §4.1.3 and §5.1). Octets in, answer or "need more" out.
/// <code>
/// record      type(1) | version(2) | length(2) | fragment
/// ServerHello type 2 | length(3) | version(2) | random(32) | session id | suite(2) | compression(1) | extensions
/// </code>
/// </summary>
internal sealed class ServerHelloReader
{
    private const int RecordHeader = 5;
    private const int HandshakeHeader = 4;
    private const int RandomLength = 32;

    // RFC 5246 §6.2.3, which is more generous than RFC 8446.
    private const int MaxFragment = (1 << 14) + 2048;

    // A ServerHello has few extensions; a peer may not make this side gather more.
    private const int MaxHello = 1 << 14;

    private const byte AlertRecord = 21;
    private const byte HandshakeRecord = 22;
    private const byte HelloMessage = 2;
    private const int SupportedVersions = 43;

    private readonly List<byte> _input = [];
    private readonly List<byte> _message = [];

    /// <summary>SHA-256 of "HelloRetryRequest", which stands in place of the random (RFC 8446 §4.1.3).</summary>
    private static ReadOnlySpan<byte> RetryRandom =>
    [
        0xCF, 0x21, 0xAD, 0x74, 0xE5, 0x9A, 0x61, 0x11, 0xBE, 0x1D, 0x8C, 0x02, 0x1E, 0x65, 0xB8, 0x91,
        0xC2, 0xA2, 0x11, 0x16, 0x7A, 0xBB, 0x8C, 0x5E, 0x07, 0x9E, 0x09, 0xE2, 0xC8, 0xA8, 0x33, 0x9C,
    ];

    /// <summary>Takes what arrived; null when the answer is not complete.</summary>
    public ServerAnswer? Add(ReadOnlySpan<byte> octets)
    {
        _input.AddRange(octets);
        while (_input.Count >= RecordHeader)
        {
            var type = _input[0];
            var length = (_input[3] << 8) | _input[4];
            if (type is not (AlertRecord or HandshakeRecord) || _input[1] != 3 || length is 0 or > MaxFragment)
            {
                return new ServerAnswer.NotTls();
            }

            if (_input.Count < RecordHeader + length)
            {
                return null;
            }

            var fragment = _input.GetRange(RecordHeader, length);
            _input.RemoveRange(0, RecordHeader + length);
            if (type == AlertRecord)
            {
                return length == 2 ? new ServerAnswer.Alert(fragment[0], fragment[1]) : new ServerAnswer.NotTls();
            }

            _message.AddRange(fragment);
            if (ReadMessage() is { } answer)
            {
                return answer;
            }
        }

        // Plain text has no record's first octet, and may be shorter than a header.
        return _input is [not (AlertRecord or HandshakeRecord), ..] ? new ServerAnswer.NotTls() : null;
    }

    private ServerAnswer? ReadMessage()
    {
        if (_message[0] != HelloMessage)
        {
            return new ServerAnswer.NotTls();
        }

        if (_message.Count < HandshakeHeader)
        {
            return null;
        }

        var length = (_message[1] << 16) | (_message[2] << 8) | _message[3];
        return length > MaxHello ? new ServerAnswer.NotTls()
            : _message.Count < HandshakeHeader + length ? null
            : ReadHello([.. _message.GetRange(HandshakeHeader, length)]);
    }

    private static ServerAnswer ReadHello(ReadOnlySpan<byte> body)
    {
        const int SessionLengthAt = 2 + RandomLength;
        const int BehindSession = 3;
        if (body.Length < SessionLengthAt + 1 ||
            body.Length < SessionLengthAt + 1 + body[SessionLengthAt] + BehindSession)
        {
            return new ServerAnswer.NotTls();
        }

        var version = BinaryPrimitives.ReadUInt16BigEndian(body);
        var isRetry = body.Slice(2, RandomLength).SequenceEqual(RetryRandom);
        var rest = body[(SessionLengthAt + 1 + body[SessionLengthAt])..];
        var suite = (TlsCipherSuite)BinaryPrimitives.ReadUInt16BigEndian(rest);
        return new ServerAnswer.Hello(SelectedVersion(rest[BehindSession..]) ?? version, suite, isRetry);
    }

    /// <summary>The version of TLS 1.3 and later stands in an extension (RFC 8446 §4.2.1).</summary>
    private static int? SelectedVersion(ReadOnlySpan<byte> extensions)
    {
        const int Header = 4;
        if (extensions.Length < 2)
        {
            return null;
        }

        extensions = extensions[2..];
        while (extensions.Length >= Header)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(extensions);
            var length = BinaryPrimitives.ReadUInt16BigEndian(extensions[2..]);
            extensions = extensions[Header..];
            if (length > extensions.Length)
            {
                return null;
            }

            if (type == SupportedVersions && length == 2)
            {
                return BinaryPrimitives.ReadUInt16BigEndian(extensions);
            }

            extensions = extensions[length..];
        }

        return null;
    }
}
