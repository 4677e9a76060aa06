using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>Only the line ends become CRLF.</summary>
/// <param name="endLine">Whether a last line without an end gets one.</param>
internal sealed class LineEndTransform(bool endLine) : OctetTransform
{
    private LineEndNormaliser _normaliser;

    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination) =>
        _normaliser.Feed(source, destination);

    public override void Finish(WireBuffer destination)
    {
        if (endLine)
        {
            _normaliser.FinishLine(destination);
        }
    }
}
