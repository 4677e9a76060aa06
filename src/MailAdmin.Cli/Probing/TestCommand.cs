using System.CommandLine;

namespace MailAdmin.Cli.Probing;

/// <summary><c>mailadmin test</c>: which step of a session with a server fails, and why.</summary>
internal sealed class TestCommand : Command
{
    public TestCommand(CliHost host, Option<bool> json)
        : base(
            "test",
            "Goes through a session with SMTP servers step by step; sends no mail unless told to. Exit code: 0 when " +
            "every step passed, else that of the failure.")
    {
        Add(new TestAuthCommand(host, json));
        Add(new TestRelayCommand(host, json));
        Add(new TestTlsCommand(host, json));
    }
}
