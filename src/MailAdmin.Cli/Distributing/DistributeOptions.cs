using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Queueing.Distribution;
using MailAdmin.Queueing.Failures;

namespace MailAdmin.Cli.Distributing;

/// <summary>The options that say how the distributor works.</summary>
internal sealed class DistributeOptions
{
    private const int MostConnections = 100;
    private const int LongestInterval = 86_400;

    private readonly Option<int?> _rounds = new("--rounds")
    {
        HelpName = "N", Description = "How many rounds, each of which sends all that is due; by default 1.",
    };

    private readonly Option<bool> _continuous = new("--continuous") { Description = "Go on until Ctrl+C or SIGTERM." };

    private readonly Option<int?> _interval = new("--interval")
    {
        HelpName = "SECONDS",
        Description = "The longest pause between two rounds, by default 10; shorter when a message is due earlier.",
    };

    private readonly Option<int?> _connections = new("--connections")
    {
        HelpName = "N", Description = "The most connections to a server that has no limit of its own; by default 4.",
    };

    private readonly Choice<UnknownOutcome> _unknownOutcome = new(
        "--unknown-outcome",
        [],
        ("send-again", UnknownOutcome.SendAgain),
        ("give-up", UnknownOutcome.GiveUp))
    { Description = "What to do when a confirmation got lost; give-up is for mail that must not come twice." };

    private readonly Option<bool> _notifySender = new("--notify-sender")
    {
        Description = "Report failures to the senders; the alert address of the store is told in any case.",
    };

    private readonly Option<bool> _eventLog = new("--event-log")
    {
        Description = "Write failures and sums to syslog, or to the event log of Windows.",
    };

    public void AddTo(Command command)
    {
        command.Add(_rounds);
        command.Add(_continuous);
        command.Add(_interval);
        command.Add(_connections);
        command.Add(_unknownOutcome);
        command.Add(_notifySender);
        command.Add(_eventLog);
    }

    public bool NotifiesSender(ParseResult parsed) => parsed.GetValue(_notifySender);

    public bool WritesEvents(ParseResult parsed) => parsed.GetValue(_eventLog);

    public bool IsContinuous(ParseResult parsed) => parsed.GetValue(_continuous);

    public FailurePolicyOptions Policy(ParseResult parsed) =>
        new() { UnknownOutcome = parsed.GetValue(_unknownOutcome) };

    public DistributorOptions Read(ParseResult parsed)
    {
        var usual = new DistributorOptions();
        var rounds = Number(parsed, _rounds, int.MaxValue);
        if (IsContinuous(parsed) && rounds is not null)
        {
            throw CliException.Usage("--rounds and --continuous cannot be used together.", "Leave one of them out.");
        }

        return usual with
        {
            Rounds = IsContinuous(parsed) ? null : rounds ?? usual.Rounds,
            Interval = Number(parsed, _interval, LongestInterval) is { } pause
                ? TimeSpan.FromSeconds(pause)
                : usual.Interval,
            Connections = Number(parsed, _connections, MostConnections) ?? usual.Connections,
        };
    }

    private static int? Number(ParseResult parsed, Option<int?> option, int most) =>
        parsed.GetValue(option) is not { } number || (number > 0 && number <= most)
            ? parsed.GetValue(option)
            : throw CliException.Usage(
                $"{option.Name} is a number from 1 up to {most}.", "Leave it out for the default.");
}
