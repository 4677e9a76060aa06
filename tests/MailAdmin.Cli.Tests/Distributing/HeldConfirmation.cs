using MailAdmin.Server;
using MailAdmin.Smtp;

namespace MailAdmin.Cli.Tests.Distributing;

/// <summary>A server that has a message and confirms it only when it is let.</summary>
internal sealed class HeldConfirmation : ISmtpServerPolicy, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _received = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _isLet = new();

    /// <summary>Ends when the message is there, and its sender waits.</summary>
    public Task Received => _received.Task;

    public SmtpReply? Message(SmtpSessionInfo session, ReceivedMessage message)
    {
        _received.TrySetResult();
        _isLet.Wait(Patience);
        return null;
    }

    public void Let() => _isLet.Set();

    public void Dispose() => _isLet.Dispose();
}
