using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime.Encodings;

/// <summary>
/// Out of quoted-printable (RFC 2045 §6.7). Line ends come out as CRLF, white space before them is dropped as transport
/// padding. An equals sign that begins nothing valid stays as it is.
/// </summary>
internal sealed class QuotedPrintableDecoder : OctetTransform
{
    /// <summary>What was read and not decided: white space, or an equals sign and what follows it.</summary>
    private readonly WireList _held = new();
    private bool _afterCr;

    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        while (!source.IsEmpty)
        {
            if (_held.Length == 0 && !_afterCr)
            {
                var plain = source.IndexOfAny("= \t\r\n"u8);
                destination.Append(plain < 0 ? source : source[..plain]);
                source = plain < 0 ? default : source[plain..];
                if (source.IsEmpty)
                {
                    return;
                }
            }

            Take(source[0], destination);
            source = source[1..];
        }
    }

    public override void Finish(WireBuffer destination)
    {
        if (_held.Written is not [(byte)'=', ..])
        {
            _held.Clear();
        }

        destination.Append(_held.Written);
        _held.Clear();
        _afterCr = false;
    }

    private void Take(byte octet, WireBuffer destination)
    {
        var afterCr = _afterCr;
        _afterCr = octet == '\r';
        if (afterCr && octet == '\n')
        {
            return;
        }

        if (octet is (byte)'\r' or (byte)'\n')
        {
            EndLine(destination);
        }
        else if (_held.Written is [(byte)'=', ..])
        {
            TakeEscaped(octet, destination);
        }
        else if (octet is (byte)' ' or (byte)'\t')
        {
            _held.Add(octet);
        }
        else
        {
            destination.Append(_held.Written);
            _held.Clear();
            if (octet == '=')
            {
                _held.Add(octet);
            }
            else
            {
                destination.Append(octet);
            }
        }
    }

    private void EndLine(WireBuffer destination)
    {
        var held = _held.Written;
        if (held is not [(byte)'=', ..])
        {
            destination.AppendLine();
        }
        else if (!held[1..].TrimEnd(" \t"u8).IsEmpty)
        {
            destination.Append(held);
            destination.AppendLine();
        }

        _held.Clear();
    }

    private void TakeEscaped(byte octet, WireBuffer destination)
    {
        var held = _held.Written;
        if (held.Length == 1 && (octet is (byte)' ' or (byte)'\t' || HexDigits.Value(octet) >= 0))
        {
            _held.Add(octet);
        }
        else if (held.Length >= 2 && held[1] is (byte)' ' or (byte)'\t' && octet is (byte)' ' or (byte)'\t')
        {
            _held.Add(octet);
        }
        else if (held.Length == 2 &&
            HexDigits.Value(held[1]) is >= 0 and var high && HexDigits.Value(octet) is >= 0 and var low)
        {
            _held.Clear();
            destination.Append((byte)(high << 4 | low));
        }
        else
        {
            destination.Append(held);
            _held.Clear();
            Take(octet, destination);
        }
    }
}
