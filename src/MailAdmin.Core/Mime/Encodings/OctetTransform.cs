using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime.Encodings;

/// <summary>Turns octets into others, piece by piece; what comes out does not depend on how the input is cut.</summary>
internal abstract class OctetTransform
{
    /// <summary>Appends what the next octets become.</summary>
    public abstract void Feed(ReadOnlySpan<byte> source, WireBuffer destination);

    /// <summary>Appends what is still held back.</summary>
    public abstract void Finish(WireBuffer destination);
}
