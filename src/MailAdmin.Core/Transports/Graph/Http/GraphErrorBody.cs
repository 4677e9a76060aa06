using System.Text.Json;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// Reads what an answer says is wrong:
/// <code>{ "error": { "code": …, "message": …, "innerError": { "code": … } } }</code>
/// A body of another form, such as a proxy's page, says nothing.
/// </summary>
internal static class GraphErrorBody
{
    private const int MaxDepth = 8;

    /// <summary>The most detailed code that is there, and the words.</summary>
    public static (string? Code, string? Message) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 2 * MaxDepth });
            if (Object(document.RootElement, "error") is not { } error)
            {
                return (null, null);
            }

            return (CodeOf(error), Text(error, "message"));
        }
        catch (JsonException)
        {
            return (null, null);
        }
    }

    // Exchange's own codes stand outside; what is inside is either more exact or the same in other words.
    private static string? CodeOf(JsonElement error)
    {
        var code = Text(error, "code");
        for (var depth = 0; depth < MaxDepth && Inner(error) is { } inner; depth++)
        {
            error = inner;
            if (Text(error, "code") is { Length: > 0 } better && !IsExact(code))
            {
                code = better;
            }
        }

        return code;
    }

    private static JsonElement? Inner(JsonElement error) => Object(error, "innerError") ?? Object(error, "innererror");

    private static bool IsExact(string? code) =>
        code is not (null or "" or "BadRequest" or "UnknownError" or "generalException" or "invalidRequest");

    private static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) &&
        value.ValueKind == JsonValueKind.Object
            ? value
            : null;

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
