using System.Text.Json.Nodes;

namespace MailAdmin.TestServices.Graph;

/// <summary>A message that was sent, as it arrived: either MIME, or JSON with its files.</summary>
/// <param name="Mailbox">The mailbox of the request's path.</param>
/// <param name="SavedCopy">Whether a copy lies in Sent Items.</param>
public sealed record SentMail(string Mailbox, bool SavedCopy)
{
    /// <summary>The message in MIME, decoded from base64; null when it came as JSON.</summary>
    public byte[]? Mime { get; init; }

    /// <summary>The message in JSON, without its files; null when it came as MIME.</summary>
    public JsonObject? Json { get; init; }

    /// <summary>The files of a message in JSON, in the order in which they were attached.</summary>
    public IReadOnlyList<GraphFile> Files { get; init; } = [];
}
