using MailAdmin.Net;

namespace MailAdmin.Cli.Tests.Distributing;

/// <summary>Notices, in a server's transcript, that the content of a message begins to come.</summary>
internal sealed class TransferWatch : ITranscript
{
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Begun => _begun.Task;

    public void Sent(ReadOnlySpan<byte> line)
    {
        if (line.StartsWith("354"u8))
        {
            _begun.TrySetResult();
        }
    }

    public void Received(ReadOnlySpan<byte> line)
    {
    }

    public void Note(string text)
    {
    }
}
