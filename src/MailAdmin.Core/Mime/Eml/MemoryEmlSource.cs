using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Eml;

/// <summary>A small message that came from a stream.</summary>
internal sealed class MemoryEmlSource(ReadOnlyMemory<byte> content) : EmlSource
{
    public override string Name => "the input";

    public override ContentReader Open() => new MemoryContentReader(content);
}
