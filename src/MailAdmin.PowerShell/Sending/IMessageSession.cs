namespace MailAdmin.PowerShell.Sending;

/// <summary>What a command does with the messages that it makes: sends them, or puts them into the queue.</summary>
internal interface IMessageSession : IAsyncDisposable
{
    /// <summary>Where the messages go, as people read it.</summary>
    string Server { get; }

    /// <summary>
    /// Takes a message, unless -WhatIf or the user says no. Its result may come out with a later call.
    /// </summary>
    void Send(ReadyMessage message);

    /// <summary>Warns, but not again for each message of a pipeline.</summary>
    void WarnOnce(IEnumerable<string> warnings);

    /// <summary>Waits for all messages that are under way.</summary>
    void Finish();
}
