using System.Buffers.Text;
using System.Globalization;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Composing;

/// <summary>
/// The randomness of one message, drawn once, so that its Message-ID and boundaries are the same each time it is
/// prepared. Boundaries begin with <c>=_</c>, which neither quoted-printable nor base64 can contain (RFC 2045 §6.7).
/// </summary>
internal readonly record struct MessageSeed(UInt128 Value)
{
    /// <summary>The octets that every boundary of the message begins with, at most.</summary>
    public const int BoundaryCoreLength = 34;

    public static MessageSeed Create(IRandomSource random)
    {
        Span<byte> octets = stackalloc byte[16];
        random.Fill(octets);
        return new MessageSeed(System.Buffers.Binary.BinaryPrimitives.ReadUInt128BigEndian(octets));
    }

    /// <summary>Another seed, for when the boundaries made from this one occur in a part.</summary>
    public MessageSeed Next() => new(unchecked(Value + 1));

    public string MessageId(DateTimeOffset date, Mailbox? author) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{date.UtcDateTime:yyyyMMddHHmmssfff}.{Value:x32}@{author?.Address.Domain.Ascii ?? "mailadmin.invalid"}");

    /// <summary>Writes what all boundaries of the message begin with; returns the octets written.</summary>
    public int FormatBoundaryCore(Span<byte> destination)
    {
        "=_"u8.CopyTo(destination);
        Value.TryFormat(destination[2..], out var written, "x32", CultureInfo.InvariantCulture);
        return written + 2;
    }
}
