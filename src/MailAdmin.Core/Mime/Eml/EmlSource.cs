using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Eml;

/// <summary>Where a message lies: a file of the user, a temporary file of ours, or memory.</summary>
internal abstract class EmlSource : IAsyncDisposable
{
    /// <summary>What error messages call it.</summary>
    public abstract string Name { get; }

    /// <exception cref="MessageException">It cannot be read.</exception>
    public abstract ContentReader Open();

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
