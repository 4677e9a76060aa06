namespace MailAdmin.Interop.Judging;

/// <summary>A message's body or a part of it, as Python reads it.</summary>
public sealed record JudgedPart
{
    /// <summary>Media type, in lower case.</summary>
    public required string Type { get; init; }

    /// <summary>Its parameters, decoded.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>The transfer encoding, in lower case.</summary>
    public required string Encoding { get; init; }

    /// <summary><c>inline</c>, <c>attachment</c> or null.</summary>
    public string? Disposition { get; init; }

    /// <summary>From Content-Disposition, else from Content-Type.</summary>
    public string? FileName { get; init; }

    /// <summary>Without angle brackets.</summary>
    public string? ContentId { get; init; }

    /// <summary>Octets after decoding; null for a multipart.</summary>
    public long? Length { get; init; }

    /// <summary>Hash of those octets in lower-case hexadecimal digits.</summary>
    public string? Sha256 { get; init; }

    /// <summary>For text that is no attachment: decoded, lines ending in LF.</summary>
    public string? Text { get; init; }

    /// <summary>
    /// The parts of a multipart; the message in a message/rfc822; the groups of fields in a message/delivery-status.
    /// </summary>
    public required IReadOnlyList<JudgedPart> Parts { get; init; }

    /// <summary>All header fields, name and decoded value, in their order.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Fields { get; init; }

    /// <summary>What Python found wrong.</summary>
    public required IReadOnlyList<string> Defects { get; init; }

    /// <summary>This part and all within it, outermost first.</summary>
    public IEnumerable<JudgedPart> All() => Parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>The values of the fields of this name.</summary>
    public IEnumerable<string> Field(string name) => Fields
        .Where(field => field[0].Equals(name, StringComparison.OrdinalIgnoreCase))
        .Select(field => field[1]);
}
