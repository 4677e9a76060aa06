using System.Collections.Concurrent;

namespace MailAdmin.TestServices.Graph;

/// <summary>What the test server's mailboxes hold.</summary>
public sealed class GraphOutbox
{
    private readonly ConcurrentQueue<SentMail> _sent = new();

    /// <summary>All that was sent, in order.</summary>
    public IReadOnlyList<SentMail> Sent => [.. _sent];

    /// <summary>How many messages lie in the folders Drafts.</summary>
    public int DraftCount => Drafts.Count;

    /// <summary>The secrets of all upload addresses so far.</summary>
    public IEnumerable<string> UploadKeys => Uploads.Values.Select(u => u.Key);

    internal ConcurrentDictionary<string, GraphDraft> Drafts { get; } = new(StringComparer.Ordinal);

    internal ConcurrentDictionary<string, GraphUpload> Uploads { get; } = new(StringComparer.Ordinal);

    internal void Add(SentMail mail) => _sent.Enqueue(mail);
}
