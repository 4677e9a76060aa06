using MailAdmin.Transports;

namespace MailAdmin.Cli.Sending;

/// <summary>A message that is ready to go.</summary>
/// <param name="Outgoing">What goes on the wire, from whom and to whom.</param>
/// <param name="Warnings">What the user should know about it.</param>
/// <param name="Source">What is to be disposed after sending; null for nothing.</param>
internal sealed record ReadyMessage(
    OutgoingMessage Outgoing, IReadOnlyList<string> Warnings, IAsyncDisposable? Source) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Source?.DisposeAsync() ?? ValueTask.CompletedTask;
}
