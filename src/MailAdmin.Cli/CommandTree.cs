using System.CommandLine;
using MailAdmin.Cli.Checking;
using MailAdmin.Cli.Demonstration;
using MailAdmin.Cli.Distributing;
using MailAdmin.Cli.Explaining;
using MailAdmin.Cli.LookingUp;
using MailAdmin.Cli.Output;
using MailAdmin.Cli.Parsing;
using MailAdmin.Cli.Probing;
using MailAdmin.Cli.Queueing;
using MailAdmin.Cli.Sending;
using MailAdmin.Cli.Sinking;

namespace MailAdmin.Cli;

/// <summary>The commands, and the one place where a failure becomes a sentence and an exit code.</summary>
internal static class CommandTree
{
    public static async Task<int> RunAsync(string[] args, CliHost host, CancellationToken cancellationToken)
    {
        var json = new Option<bool>("--json") { Description = "Write JSON instead of text." };
        var root = new RootCommand("Sends mail through SMTP servers, and shows why it would not go.")
        {
            new DemoCommand(host),
            new DistributeCommand(host, json),
            new DomainCommand(host, json),
            new MxCommand(host, json),
            new QueueCommand(host, json),
            new SendCommand(host, json),
            new SinkCommand(host, json),
            new TestCommand(host, json),
            new ExplainCommand(host, json),
        };

        // Response files would turn a subject such as "@home" into a file name.
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        var failures = new FailureOutput(host, asJson: parsed.GetValue(json));
        if (parsed.Errors.Count > 0)
        {
            return (int)failures.Write(ParseFailure.Of(parsed));
        }

        try
        {
            var configuration = new InvocationConfiguration
            {
                Output = host.Output,
                Error = host.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TerminationTimeout(parsed, host),
            };
            return await parsed.InvokeAsync(configuration, cancellationToken);
        }
        catch (Exception failure)
        {
            return (int)failures.Write(failure);
        }
    }

    // What is being transferred is finished; all others end at once.
    private static TimeSpan? TerminationTimeout(ParseResult parsed, CliHost host) =>
        host.TerminationTimeout is not null && parsed.CommandResult.Command is DistributeCommand
            ? DistributeCommand.TerminationTimeout
            : host.TerminationTimeout;
}
