using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Graph;

/// <summary>
/// As much of Microsoft Graph as sending mail needs: sendMail in MIME and JSON, drafts, attachments and upload
/// sessions, with the real service's limits. It keeps what arrived.
/// </summary>
internal sealed class GraphService(GraphOutbox outbox, GraphAccess access) : ITestService
{
    /// <summary>What the gateway takes in one request.</summary>
    public const int MaxRequest = 4 * 1024 * 1024;

    private const int UploadFrom = 3 * 1024 * 1024;
    private const int MaxHeaders = 5;

    public void Map(IEndpointRouteBuilder routes)
    {
        var mailbox = routes.MapGroup("/v1.0/users/{mailbox}");
        mailbox.MapPost("/sendMail", SendMailAsync);
        mailbox.MapPost("/messages", CreateAsync);
        mailbox.MapDelete("/messages/{id}", Delete);
        mailbox.MapPost("/messages/{id}/send", Send);
        mailbox.MapPost("/messages/{id}/attachments", AttachAsync);
        mailbox.MapPost("/messages/{id}/attachments/createUploadSession", CreateUploadAsync);
        routes.MapPut("/upload/{id}", UploadAsync);
    }

    private async Task<IResult> SendMailAsync(HttpRequest request, string mailbox)
    {
        if (access.Refuse(request, mailbox, "Mail.Send") is { } refusal)
        {
            return refusal;
        }

        if (await BodyAsync(request) is not { } body)
        {
            return TooLarge();
        }

        if (MediaTypeHeaderValue.Parse(request.ContentType!).MediaType == "text/plain")
        {
            return SendMime(request, mailbox, body);
        }

        var json = JsonNode.Parse(body)!.AsObject();
        var message = json["message"]!.AsObject();
        var files = message["attachments"]?.AsArray().Select(a => File(a!.AsObject())).ToArray() ?? [];
        message.Remove("attachments");
        outbox.Add(new SentMail(mailbox, json["saveToSentItems"]?.GetValue<bool>() ?? true)
        {
            Json = message.DeepClone().AsObject(), Files = files,
        });
        return Accepted(request);
    }

    private IResult SendMime(HttpRequest request, string mailbox, byte[] body)
    {
        var mime = new byte[body.Length];
        if (!Convert.TryFromBase64String(Encoding.ASCII.GetString(body), mime, out var length))
        {
            return GraphError.Answer(
                400, "ErrorMimeContentInvalidBase64String", "Invalid base64 string for MIME content.");
        }

        outbox.Add(new SentMail(mailbox, SavedCopy: true) { Mime = mime[..length] });
        return Accepted(request);
    }

    private async Task<IResult> CreateAsync(HttpRequest request, string mailbox)
    {
        if (access.Refuse(request, mailbox, "Mail.ReadWrite") is { } refusal)
        {
            return refusal;
        }

        if (await BodyAsync(request) is not { } body)
        {
            return TooLarge();
        }

        var json = JsonNode.Parse(body)!.AsObject();
        var own = json["internetMessageHeaders"]?.AsArray().Select(h => h!["name"]!.GetValue<string>()).ToArray() ?? [];
        if (own.Length > MaxHeaders || own.Any(n => !n.StartsWith("x-", StringComparison.OrdinalIgnoreCase)))
        {
            return GraphError.Answer(
                400,
                "InvalidInternetMessageHeader",
                "The internet message header name should start with 'x-' or 'X-'.");
        }

        var id = $"AAMkAD{Guid.NewGuid():N}/+=";
        outbox.Drafts[id] = new GraphDraft(mailbox, json);
        return Results.Json(new JsonObject { ["id"] = id, ["isDraft"] = true }, statusCode: 201);
    }

    private IResult Delete(HttpRequest request, string mailbox, string id) =>
        access.Refuse(request, mailbox, "Mail.ReadWrite")
        ?? (outbox.Drafts.TryRemove(Id(id), out _) ? Results.NoContent() : NotFound());

    private IResult Send(HttpRequest request, string mailbox, string id)
    {
        if (access.Refuse(request, mailbox, "Mail.Send") is { } refusal)
        {
            return refusal;
        }

        if (!outbox.Drafts.TryRemove(Id(id), out var draft))
        {
            return NotFound();
        }

        outbox.Add(new SentMail(mailbox, SavedCopy: true) { Json = draft.Json, Files = [.. draft.Files] });
        return Accepted(request);
    }

    private async Task<IResult> AttachAsync(HttpRequest request, string mailbox, string id)
    {
        if (access.Refuse(request, mailbox, "Mail.ReadWrite") is { } refusal)
        {
            return refusal;
        }

        if (await BodyAsync(request) is not { } body)
        {
            return TooLarge();
        }

        if (!outbox.Drafts.TryGetValue(Id(id), out var draft))
        {
            return NotFound();
        }

        draft.Files.Add(File(JsonNode.Parse(body)!.AsObject()));
        return Results.Json(new JsonObject { ["id"] = "AAMkAttachment" }, statusCode: 201);
    }

    private async Task<IResult> CreateUploadAsync(HttpRequest request, string mailbox, string id)
    {
        if (access.Refuse(request, mailbox, "Mail.ReadWrite") is { } refusal)
        {
            return refusal;
        }

        if (!outbox.Drafts.TryGetValue(Id(id), out var draft))
        {
            return NotFound();
        }

        var item = (await JsonNode.ParseAsync(request.Body))!["AttachmentItem"]!.AsObject();
        var size = item["size"]!.GetValue<long>();
        if (size < UploadFrom)
        {
            return GraphError.Answer(
                400, "ErrorAttachmentSizeShouldNotBeLessThanMinimumSize", "The size is less than the minimum of 3 MB.");
        }

        var name = Guid.NewGuid().ToString("N");
        var upload = new GraphUpload(draft, File(item), size);
        outbox.Uploads[name] = upload;
        return Results.Json(
            new JsonObject
            {
                // Another name of this machine, as the real one is of another host.
                ["uploadUrl"] = $"https://127.0.0.1:{request.Host.Port}/upload/{name}?authtoken={upload.Key}",
                ["expirationDateTime"] = "2099-01-01T00:00:00Z",
                ["nextExpectedRanges"] = new JsonArray("0-"),
            },
            statusCode: 201);
    }

    private async Task<IResult> UploadAsync(HttpRequest request, string id)
    {
        if (request.Headers.Authorization.Count > 0)
        {
            return GraphError.Answer(401, "ErrorInvalidToken", "This address takes no Authorization header.");
        }

        if (!outbox.Uploads.TryGetValue(id, out var upload) || request.Query["authtoken"] != upload.Key)
        {
            return GraphError.Answer(404, "uploadSessionNotFound", "The upload session was not found.");
        }

        using var piece = new MemoryStream();
        await request.Body.CopyToAsync(piece);
        _ = ContentRangeHeaderValue.TryParse(request.Headers.ContentRange, out var range);
        if (upload.Take(range, piece.ToArray()) is { } fault)
        {
            return GraphError.Answer(416, fault, "Uploaded fragment cannot be taken.");
        }

        return upload.IsComplete
            ? Results.Created($"https://{request.Host}/attachments/1", null)
            : Results.Json(new JsonObject { ["nextExpectedRanges"] = new JsonArray(upload.Expected) });
    }

    private static GraphFile File(JsonObject json) => new(
        json["name"]!.GetValue<string>(),
        json["contentType"]?.GetValue<string>() ?? "application/octet-stream",
        json["contentBytes"] is { } content ? content.GetValue<JsonElement>().GetBytesFromBase64() : [],
        json["isInline"]?.GetValue<bool>() == true ? json["contentId"]?.GetValue<string>() : null);

    // A slash stays escaped in the values of the routes.
    private static string Id(string id) => Uri.UnescapeDataString(id);

    private static async Task<byte[]?> BodyAsync(HttpRequest request)
    {
        if (request.ContentLength is null or > MaxRequest)
        {
            return null;
        }

        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body);
        return body.ToArray();
    }

    private static IResult Accepted(HttpRequest request)
    {
        request.HttpContext.Response.Headers["request-id"] = Guid.NewGuid().ToString();
        return Results.StatusCode(202);
    }

    private static IResult TooLarge() =>
        GraphError.Answer(413, "RequestEntityTooLarge", "The maximum request length supported is 4MB.");

    private static IResult NotFound() =>
        GraphError.Answer(404, "ErrorItemNotFound", "The specified object was not found in the store.");
}
