using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>Into base64.</summary>
/// <param name="endLine">Whether the last line gets an end.</param>
internal sealed class Base64Transform(bool endLine) : OctetTransform
{
    private readonly byte[] _pending = new byte[Base64Lines.SourceLine];
    private int _pendingLength;
    private bool _isWritten;

    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        if (_pendingLength > 0)
        {
            var missing = Math.Min(source.Length, _pending.Length - _pendingLength);
            source[..missing].CopyTo(_pending.AsSpan(_pendingLength));
            _pendingLength += missing;
            source = source[missing..];
            if (_pendingLength < _pending.Length)
            {
                return;
            }

            Write(_pending, destination);
            _pendingLength = 0;
        }

        var whole = source.Length / Base64Lines.SourceLine * Base64Lines.SourceLine;
        Write(source[..whole], destination);
        _pendingLength = source.Length - whole;
        source[whole..].CopyTo(_pending);
    }

    public override void Finish(WireBuffer destination)
    {
        Write(_pending.AsSpan(0, _pendingLength), destination);
        if (endLine && _isWritten)
        {
            destination.AppendLine();
        }
    }

    private void Write(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        if (source.IsEmpty)
        {
            return;
        }

        if (_isWritten)
        {
            destination.AppendLine();
        }

        _isWritten = true;
        var room = destination.Reserve((int)Base64Lines.EncodedLength(source.Length));
        destination.Advance(Base64Lines.Encode(source, room));
    }
}
