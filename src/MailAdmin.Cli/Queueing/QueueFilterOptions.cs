using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Queueing;

/// <summary>The options that say which messages of the queue are meant; all that is said must fit.</summary>
internal sealed class QueueFilterOptions
{
    private readonly Argument<long[]> _ids = new("ID")
    {
        Arity = ArgumentArity.ZeroOrMore, Description = "The numbers of the messages.", DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _state = new("--state")
    {
        HelpName = string.Join('|', StateName.All.Keys),
        Description = "In this state; may be repeated.",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string?> _destination = new("--destination")
    {
        HelpName = "NAME", Description = "For this destination, as the messages name it.",
    };

    private readonly Option<string?> _from = new("--from")
    {
        HelpName = "ADDRESS", Description = "From this sender; * and ? stand for characters.",
    };

    private readonly Option<string?> _to = new("--to")
    {
        HelpName = "ADDRESS", Description = "To this recipient; * and ? stand for characters.",
    };

    private readonly Option<string?> _messageId = new("--message-id")
    {
        HelpName = "ID", Description = "With this Message-ID.",
    };

    private readonly Option<string?> _after = new("--after")
    {
        HelpName = "TIME", Description = "Queued at this time or later.",
    };

    private readonly Option<string?> _before = new("--before")
    {
        HelpName = "TIME", Description = "Queued before this time.",
    };

    private readonly Option<long?> _first = new("--first", "-n")
    {
        HelpName = "N", Description = "At most so many, the oldest.",
    };

    private IEnumerable<Option> Options => [_state, _destination, _from, _to, _messageId, _after, _before];

    public void AddTo(Command command)
    {
        command.Add(_ids);
        foreach (var option in Options.Append(_first))
        {
            command.Add(option);
        }
    }

    /// <summary>The numbers that were given.</summary>
    public IReadOnlyList<long> Ids(ParseResult parsed) => parsed.GetValue(_ids)!;

    /// <summary>True when messages are named by nothing but their numbers: each of them is to be there.</summary>
    public bool IsByNumber(ParseResult parsed) => Ids(parsed).Count > 0 && !IsNarrowed(parsed);

    /// <summary>True when it is said at all which messages are meant.</summary>
    public bool IsGiven(ParseResult parsed) => Ids(parsed).Count > 0 || IsNarrowed(parsed);

    public QueueFilter Read(ParseResult parsed) => new()
    {
        Ids = Ids(parsed) is { Count: > 0 } ids ? ids : null,
        States = parsed.GetValue(_state) is { Length: > 0 } names ? [.. names.Select(State)] : null,
        Destination = parsed.GetValue(_destination),
        Sender = parsed.GetValue(_from),
        Recipient = parsed.GetValue(_to),
        MessageId = parsed.GetValue(_messageId)?.Trim('<', '>'),
        After = Moment.Parse(parsed.GetValue(_after), "--after"),
        Before = Moment.Parse(parsed.GetValue(_before), "--before"),
        First = parsed.GetValue(_first) switch
        {
            null => long.MaxValue,
            > 0 and var count => count,
            _ => throw CliException.Usage("--first is a number above 0.", "Leave it out for all."),
        },
    };

    private bool IsNarrowed(ParseResult parsed) =>
        Options.Append(_first).Any(option => parsed.GetResult(option) is { Implicit: false });

    private static QueueItemState State(string name) => StateName.All.TryGetValue(name, out var state)
        ? state
        : throw CliException.Usage(
            $"'{Output.Plain.Line(name)}' is no state of a message.",
            $"There are {string.Join(", ", StateName.All.Keys)}.");
}
