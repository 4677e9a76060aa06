namespace MailAdmin.Mime.Eml;

/// <summary>A stretch of a message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Entity">Whose header or body it is; null for the rest.</param>
/// <param name="Start">Its first octet.</param>
/// <param name="End">The octet behind its last one.</param>
/// <param name="Line">The number of its first line.</param>
/// <param name="Faults">All faults of its lines.</param>
internal sealed record MimePiece(
    MimePieceKind Kind, MimeEntity? Entity, long Start, long End, long Line, LineFaults Faults);
