using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>One transform after the other.</summary>
internal sealed class ChainedTransform(OctetTransform first, OctetTransform second) : OctetTransform
{
    public override void Feed(ReadOnlySpan<byte> source, WireBuffer destination)
    {
        using var between = new WireBuffer(source.Length * 2 + 16);
        first.Feed(source, between);
        second.Feed(between.Written, destination);
    }

    public override void Finish(WireBuffer destination)
    {
        using var between = new WireBuffer(16);
        first.Finish(between);
        second.Feed(between.Written, destination);
        second.Finish(destination);
    }
}
