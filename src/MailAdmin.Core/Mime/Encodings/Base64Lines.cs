using System.Buffers.Text;

namespace MailAdmin.Mime.Encodings;

/// <summary>Base64 in lines of 76 octets with CRLF between them, not behind the last (RFC 2045 §6.8).</summary>
internal static class Base64Lines
{
    /// <summary>The octets that make one line.</summary>
    public const int SourceLine = 57;

    /// <summary>A full line with its CRLF.</summary>
    public const int WireLine = 78;

    private const int EncodedLine = 76;

    /// <summary>The exact length of the encoded form.</summary>
    public static long EncodedLength(long length)
    {
        if (length == 0)
        {
            return 0;
        }

        var characters = checked((length + 2) / 3 * 4);
        return characters + ((characters + EncodedLine - 1) / EncodedLine - 1) * 2;
    }

    /// <summary>Encodes, with a CRLF between lines but not behind the last one; returns the octets written.</summary>
    public static int Encode(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var written = 0;
        while (source.Length > SourceLine)
        {
            Base64.EncodeToUtf8(source[..SourceLine], destination[written..], out _, out _);
            destination[written + EncodedLine] = (byte)'\r';
            destination[written + EncodedLine + 1] = (byte)'\n';
            written += WireLine;
            source = source[SourceLine..];
        }

        Base64.EncodeToUtf8(source, destination[written..], out _, out var last);
        return written + last;
    }
}
