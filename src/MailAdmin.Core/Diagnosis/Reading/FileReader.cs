using System.Runtime.CompilerServices;
using System.Text;

namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Reads a file of unknown kind: what is small or has the header of a message as one text, all else as a log, line by
/// line.
/// </summary>
internal sealed class FileReader(Stream content, IProgress<long>? position) : IDisposable
{
    private const int HeadLength = 64 * 1024;
    private const int PieceLength = 16 * 1024;

    private readonly StreamReader _text = new(content, Encoding.UTF8, bufferSize: HeadLength, leaveOpen: true);
    private char[] _head = [];

    /// <summary>The text; null for a log, which then is to be read with <see cref="ReadLogAsync"/>.</summary>
    /// <param name="maxLength">What is beyond is not read.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public async Task<string?> ReadTextAsync(int maxLength, CancellationToken cancellationToken)
    {
        _head = await ReadAsync(HeadLength, cancellationToken).ConfigureAwait(false);
        var head = new string(_head);
        if (head.Length < HeadLength)
        {
            return head;
        }

        if (!DeliveryReportReader.LooksLikeSource(head))
        {
            return null;
        }

        var rest = await ReadAsync(maxLength - HeadLength, cancellationToken).ConfigureAwait(false);
        return string.Concat(head, rest);
    }

    /// <summary>The failures in the lines of a log, from its beginning.</summary>
    public async IAsyncEnumerable<Failure> ReadLogAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = new LogLines();
        var reader = new LogReader();
        var buffer = new char[PieceLength];
        ReadOnlyMemory<char> piece = _head;
        do
        {
            foreach (var line in lines.Feed(piece))
            {
                if (reader.Take(line) is { } failure)
                {
                    yield return failure;
                }
            }

            var count = await _text.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            piece = buffer.AsMemory(0, count);
            ReportPosition();
        }
        while (piece.Length > 0);

        if (lines.Complete() is { } last && reader.Take(last) is { } end)
        {
            yield return end;
        }
    }

    public void Dispose() => _text.Dispose();

    private async Task<char[]> ReadAsync(int length, CancellationToken cancellationToken)
    {
        var buffer = new char[length];
        var count = await _text.ReadBlockAsync(buffer, cancellationToken).ConfigureAwait(false);
        ReportPosition();
        return buffer[..count];
    }

    private void ReportPosition()
    {
        if (position is not null && content.CanSeek)
        {
            position.Report(content.Position);
        }
    }
}
