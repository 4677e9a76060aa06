using System.Globalization;
using System.Net.Http.Headers;

namespace MailAdmin.TestServices.Graph;

/// <summary>A file on its way into a draft, piece by piece and in order.</summary>
internal sealed class GraphUpload(GraphDraft draft, GraphFile file, long size)
{
    private readonly MemoryStream _content = new();

    public GraphDraft Draft => draft;

    /// <summary>The key in the address, which is all that lets somebody in.</summary>
    public string Key { get; } = $"eyJ{Guid.NewGuid():N}{Guid.NewGuid():N}";

    public bool IsComplete => _content.Length == size;

    public string Expected => _content.Length.ToString(CultureInfo.InvariantCulture);

    /// <summary>Takes a piece; returns the code of what is wrong with it, or null.</summary>
    public string? Take(ContentRangeHeaderValue? range, byte[] piece)
    {
        if (range is not { From: { } from, To: { } to, Length: { } length } || length != size)
        {
            return "fragmentLengthMismatch";
        }

        if (from != _content.Length)
        {
            return from < _content.Length ? "fragmentOverlap" : "fragmentOutOfOrder";
        }

        if (to - from + 1 != piece.Length || to >= size)
        {
            return "invalidRange";
        }

        if (piece.Length > GraphService.MaxRequest)
        {
            return "maxFragmentLengthExceeded";
        }

        if (to + 1 < size && piece.Length % (320 * 1024) != 0)
        {
            return "fragmentLengthMismatch";
        }

        _content.Write(piece);
        if (IsComplete)
        {
            draft.Files.Add(file with { Content = _content.ToArray() });
        }

        return null;
    }
}
