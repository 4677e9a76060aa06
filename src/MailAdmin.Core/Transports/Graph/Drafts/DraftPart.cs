using MailAdmin.Addressing;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Eml;
using MailAdmin.Mime.Encodings;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>A part of a message that goes into a draft: a text, or a file.</summary>
internal sealed class DraftPart
{
    private const int MaxName = 255;

    private readonly ContentField _type;
    private readonly ContentField? _disposition;

    public DraftPart(MimePiece piece)
    {
        Start = piece.Start;
        End = piece.End;
        Entity = piece.Entity!;
        _type = Field("Content-Type")?.ToContentField() ?? ContentField.Parse("text/plain");
        _disposition = Field("Content-Disposition")?.ToContentField();
    }

    /// <summary>Where its body begins in the message.</summary>
    public long Start { get; }

    /// <summary>The octet behind its body.</summary>
    public long End { get; }

    /// <summary>What its header says.</summary>
    public MimeEntity Entity { get; }

    /// <summary>The octets once decoded; known after they were measured.</summary>
    public long Size { get; set; }

    /// <summary>True when it may be the text that a reader sees, in this media type.</summary>
    public bool IsText(string mediaType) =>
        Entity.ContentType == mediaType && _disposition?.Value != "attachment" && GivenName is null;

    /// <summary>True for a picture that HTML may show.</summary>
    public bool IsInline => ContentId is not null && _disposition?.Value != "attachment";

    /// <summary>What HTML calls it; null for nothing.</summary>
    public string? ContentId => Field("Content-ID")?.Text.Trim('<', '>', ' ') is { Length: > 0 } id ? id : null;

    /// <summary>The name that a reader sees.</summary>
    public string FileName
    {
        get
        {
            var name = GivenName
                ?? (Entity.ContentType is "message/rfc822" or "message/global" ? "message.eml" : "attachment");
            var clean = new string([.. name.Where(c => !char.IsControl(c)).Take(MaxName)]);
            return clean.Length > 0 ? clean : "attachment";
        }
    }

    /// <summary>How its octets become those that were meant.</summary>
    /// <returns>Null when they are that already.</returns>
    /// <exception cref="Mime.MessageException">Its encoding is unknown.</exception>
    public OctetTransform? Decoder() => Entity switch
    {
        { TransferEncoding: "base64" } => new Base64Decoder(),
        { TransferEncoding: "quoted-printable" } => new QuotedPrintableDecoder(),
        { IsIdentity: true } => null,
        _ => throw new Mime.MessageException(
            "MessageCannotBeReencoded",
            MailErrorKind.NotSupported,
            $"A part of the message has the encoding '{Entity.TransferEncoding}', which is unknown.",
            "Save the message anew with a mail program, or send it over SMTP."),
    };

    /// <summary>Its octets, decoded, as text.</summary>
    public string ToText(ReadOnlySpan<byte> octets) =>
        (Charsets.Find(_type["charset"] ?? "utf-8") ?? Charsets.Windows1252).GetString(octets);

    private string? GivenName => _disposition?["filename"] ?? _type["name"];

    private HeaderField? Field(string name) => Entity.Fields.FirstOrDefault(f => f.Is(name));
}
