namespace MailAdmin.Mime.Composing;

/// <summary>The text parts in their transfer encodings, made before the headers that must announce them.</summary>
internal sealed class RenderedText : IDisposable
{
    private readonly WireBuffer _buffer;
    private readonly int _htmlStart;

    public RenderedText(MessageDraft draft, WireFormat format)
    {
        _buffer = new WireBuffer(1024 + (draft.TextBody?.Length ?? 0) + (draft.HtmlBody?.Length ?? 0));
        HasHtml = draft.HtmlBody is not null;
        HasPlain = draft.TextBody is not null || !HasHtml;
        if (HasPlain)
        {
            var encoding = TextPartWriter.Write(
                _buffer, "text/plain"u8, draft.TextBody ?? "", draft.BodyEncoding, format);
            IsEightBit |= encoding == TransferEncoding.EightBit;
        }

        _htmlStart = _buffer.Length;
        if (draft.HtmlBody is { } html)
        {
            var encoding = TextPartWriter.Write(_buffer, "text/html"u8, html, draft.BodyEncoding, format);
            IsEightBit |= encoding == TransferEncoding.EightBit;
        }
    }

    public bool HasPlain { get; }

    public bool HasHtml { get; }

    public bool IsEightBit { get; }

    public int Length => _buffer.Length;

    public ReadOnlySpan<byte> Plain => _buffer.Written[.._htmlStart];

    public ReadOnlySpan<byte> Html => _buffer.Written[_htmlStart..];

    public bool Contains(ReadOnlySpan<byte> octets) => _buffer.Written.IndexOf(octets) >= 0;

    public void Dispose() => _buffer.Dispose();
}
