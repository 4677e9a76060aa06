using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>Into quoted-printable.</summary>
/// <param name="endLine">Whether a last line without an end gets one.</param>
internal sealed class QuotedPrintableTransform(bool endLine) : OctetTransform
{
    private QuotedPrintableEncoder _encoder;

    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination) =>
        _encoder.Encode(source, destination);

    public override void Finish(WireBuffer destination)
    {
        var inLine = _encoder.Finish(destination);
        if (endLine && inLine)
        {
            destination.AppendLine();
        }
    }
}
