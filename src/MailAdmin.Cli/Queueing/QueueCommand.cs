using System.CommandLine;

namespace MailAdmin.Cli.Queueing;

/// <summary><c>mailadmin queue</c>: the messages that wait, and what became of them.</summary>
internal sealed class QueueCommand : Command
{
    public QueueCommand(CliHost host, Option<bool> json)
        : base("queue", "Puts messages into the durable queue, shows them, and changes them; 'distribute' sends them.")
    {
        Add(new QueueListCommand(host, json));
        Add(new QueueShowCommand(host, json));
        Add(new QueueAddCommand(host, json));
        Add(new QueueResumeCommand(host, json));
        Add(new QueueRemoveCommand(host, json));
    }
}
