using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>
/// Out of base64. What is not of its alphabet is passed over (RFC 2045 §6.8); padding may stand anywhere or be missing.
/// </summary>
internal sealed class Base64Decoder : OctetTransform
{
    private int _bits;
    private int _count;

    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        var room = destination.Reserve(source.Length);
        var written = 0;
        foreach (var octet in source)
        {
            if (octet == '=')
            {
                _count = 0;
                continue;
            }

            var value = Value(octet);
            if (value < 0)
            {
                continue;
            }

            _bits = (_bits << 6 | value) & 0xFFFF;
            _count += 6;
            if (_count >= 8)
            {
                _count -= 8;
                room[written++] = (byte)(_bits >> _count);
            }
        }

        destination.Advance(written);
    }

    public override void Finish(WireBuffer destination)
    {
        // Bits that make no octet carry nothing.
    }

    private static int Value(byte octet) => octet switch
    {
        >= (byte)'A' and <= (byte)'Z' => octet - 'A',
        >= (byte)'a' and <= (byte)'z' => octet - 'a' + 26,
        >= (byte)'0' and <= (byte)'9' => octet - '0' + 52,
        (byte)'+' => 62,
        (byte)'/' => 63,
        _ => -1,
    };
}
