using System.Globalization;
using System.Text.Json;
using MailAdmin.Smtp;

namespace MailAdmin.Transports.Graph.Http;

/// <summary>
/// What the service answered. Everything in it is free of secrets and of control characters, but for the body.
/// </summary>
internal sealed record GraphAnswer
{
    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Its words, such as <c>Accepted</c>.</summary>
    public required string Reason { get; init; }

    /// <summary>The name that the service gave the request; Microsoft's support asks for it. Null for none.</summary>
    public string? RequestId { get; init; }

    /// <summary>The name that this side gave it.</summary>
    public string? ClientRequestId { get; init; }

    /// <summary>How long the service asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The body, as far as it was read.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>
    /// The service's code for what is wrong, such as <c>ErrorAccessDenied</c>; null when it named none.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The service's words for it; null when it had none.</summary>
    public string? Message { get; init; }

    /// <summary>Status and words on one line.</summary>
    public string Outcome => string.Create(
        CultureInfo.InvariantCulture,
        $"{Status} {Reason}{(Code is null ? "" : $", {Code}")}{(Message is null ? "" : $": {Message}")}");

    /// <summary>The reply as reports show it: status, words, and the names of the request.</summary>
    public SmtpReply ToReply()
    {
        string?[] parts =
        [
            Code is null ? Reason : $"{Reason}; {Code}{(Message is null ? "" : $": {Message}")}",
            RequestId is null ? null : $"request-id {RequestId}",
            ClientRequestId is null ? null : $"client-request-id {ClientRequestId}",
        ];
        return new SmtpReply(Status, null, [string.Join("; ", parts.Where(p => p is not null))]);
    }

    /// <summary>A member of the body, when that is a JSON object and the member has that kind.</summary>
    public JsonElement? Member(string name, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(Body);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                return null;
            }

            // The documentation itself has names with a capital and without.
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind == kind)
                {
                    return property.Value.Clone();
                }
            }

            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>A text of the body; null when there is none.</summary>
    public string? Text(string name) => Member(name, JsonValueKind.String)?.GetString();
}
