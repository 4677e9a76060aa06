using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using MailAdmin.Transports.Graph.Http;

namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>
/// Puts the files of a message into its draft while the message is written: small ones whole, others in pieces through
/// an upload session. One piece is all that is in memory.
/// </summary>
internal sealed class DraftUpload(
    GraphClient client, GraphRoute route, GraphPaths paths, DraftPlan plan, string draft, GraphPatience patience)
    : IDisposable
{
    private readonly byte[] _piece = ArrayPool<byte>.Shared.Rent(route.Limits.UploadPiece);
    private Uri? _session;
    private long _sent;
    private int _held;

    /// <summary>Takes the next octets of a file.</summary>
    public async ValueTask TakeAsync(DraftPart file, ReadOnlyMemory<byte> octets, CancellationToken cancellationToken)
    {
        while (!octets.IsEmpty)
        {
            var count = Math.Min(octets.Length, route.Limits.UploadPiece - _held);
            octets[..count].CopyTo(_piece.AsMemory(_held));
            _held += count;
            octets = octets[count..];

            // The last piece waits for the end: its answer is another.
            if (_held == route.Limits.UploadPiece && _sent + _held < file.Size)
            {
                await PutAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Sends what is held back of a file.</summary>
    public async ValueTask EndAsync(DraftPart file, CancellationToken cancellationToken)
    {
        if (file.Size < route.Limits.UploadFrom)
        {
            await PostAsync(file, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await PutAsync(file, cancellationToken).ConfigureAwait(false);
        }

        _session = null;
        _sent = 0;
        _held = 0;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(_piece);

    private async Task PostAsync(DraftPart file, CancellationToken cancellationToken)
    {
        var content = DraftJson.Attachment(plan, file, _piece.AsMemory(0, _held));
        var request = new GraphRequest(HttpMethod.Post, paths.Attachments(draft), $"the attaching of '{file.FileName}'")
        {
            Content = () => GraphContent.Of("application/json", content),
            Repeat = GraphRepeat.Creates,
        };
        await client.ExpectAsync(request, patience, [201], cancellationToken).ConfigureAwait(false);
    }

    private async Task PutAsync(DraftPart file, CancellationToken cancellationToken)
    {
        _session ??= await OpenAsync(file, cancellationToken).ConfigureAwait(false);
        var end = _sent + _held;
        var isLast = end == file.Size;
        var request = new GraphRequest(HttpMethod.Put, _session, $"the upload of '{file.FileName}'")
        {
            Content = () => GraphContent.Of("application/octet-stream", _piece.AsMemory(0, _held)),
            CarriesToken = false,
            Range = new ContentRangeHeaderValue(_sent, end - 1, file.Size),
        };
        var answer = await client
            .ExpectAsync(request, patience, isLast ? [200, 201] : [200, 202], cancellationToken)
            .ConfigureAwait(false);
        var expected = answer.Member("nextExpectedRanges", JsonValueKind.Array) is { } ranges ? First(ranges) : null;
        if (isLast ? expected is not null : expected != end)
        {
            throw GraphFaults.NotUnderstood(
                _session.Host,
                request.Step,
                FormattableString.Invariant($"{end} of {file.Size} octets were sent, and it goes on at {expected}"));
        }

        _sent = end;
        _held = 0;
    }

    private async Task<Uri> OpenAsync(DraftPart file, CancellationToken cancellationToken)
    {
        var content = DraftJson.UploadSession(plan, file);
        var request = new GraphRequest(
            HttpMethod.Post, paths.CreateUploadSession(draft), $"the upload of '{file.FileName}'")
        {
            Content = () => GraphContent.Of("application/json", content),
        };
        var answer = await client.ExpectAsync(request, patience, [200, 201], cancellationToken).ConfigureAwait(false);
        var address = UploadAddress.Read(answer.Text("uploadUrl"), route.Address)
            ?? throw GraphFaults.NotUnderstood(
                client.Host, request.Step, "there is no address to upload to that can be used");
        client.Protect(address);
        return address;
    }

    /// <summary>
    /// Where the service wants to go on: <c>2097152</c> or <c>2097152-</c> or a range; null for nowhere.
    /// </summary>
    private static long? First(JsonElement ranges)
    {
        if (ranges.GetArrayLength() == 0)
        {
            return null;
        }

        var text = ranges[0].ValueKind == JsonValueKind.String ? ranges[0].GetString()! : "";
        return long.TryParse(text.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture, out var start)
            ? start
            : -1;
    }
}
