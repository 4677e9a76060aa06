using System.Text.Json.Nodes;

namespace MailAdmin.TestServices.Graph;

/// <summary>A message in the folder Drafts.</summary>
internal sealed record GraphDraft(string Mailbox, JsonObject Json)
{
    public List<GraphFile> Files { get; } = [];
}
