using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Server.Personalities;

namespace MailAdmin.Cli.Sinking;

/// <summary>The options that make the sink behave like a service of Microsoft 365.</summary>
internal sealed class PersonalityOptions
{
    private readonly Option<PersonalityKind> _kind = new Choice<PersonalityKind>(
        "--personality",
        [],
        ("exchange-online", PersonalityKind.ExchangeOnlineSubmission),
        ("hve", PersonalityKind.Hve),
        ("mx", PersonalityKind.MxEndpoint))
    {
        Description = "Behave like that service: its limits, its replies. TLS is offered.",
    };

    private readonly Option<string[]> _account = Many(
        "--account", "USER[=STATE]", "With a personality: who may log in, and what is wrong with it: MailboxFull …");

    private readonly Option<string[]> _domain = Many("--accepted-domain", "DOMAIN", "With mx: a domain of the tenant.");

    private readonly Option<string[]> _mailbox = Many(
        "--mailbox", "ADDRESS", "With mx: a mailbox. By default every address is one.");

    private readonly Option<string[]> _connector = Many(
        "--connector", "ADDRESS|NETWORK|NAME", "With mx: whose mail is relayed, by address or certificate's name.");

    private readonly Option<bool> _rejectDirectSend = new("--reject-direct-send")
    {
        Description = "With mx: refuse the tenant's own senders without a connector.",
    };

    public void AddTo(Command command)
    {
        command.Add(_kind);
        command.Add(_account);
        command.Add(_domain);
        command.Add(_mailbox);
        command.Add(_connector);
        command.Add(_rejectDirectSend);
    }

    public bool IsGiven(ParseResult parsed) => parsed.GetResult(_kind) is { Implicit: false };

    public PersonalitySettings Read(ParseResult parsed, IReadOnlyDictionary<string, string> users) => new()
    {
        Kind = IsGiven(parsed) ? parsed.GetValue(_kind) : null,
        Accounts = [.. parsed.GetValue(_account)!.Select(Account)],
        Users = users,
        AcceptedDomains = parsed.GetValue(_domain)!,
        Mailboxes = parsed.GetValue(_mailbox)!,
        Connectors = parsed.GetValue(_connector)!,
        RejectDirectSend = parsed.GetValue(_rejectDirectSend),
    };

    private static Option<string[]> Many(string name, string helpName, string description) => new(name)
    {
        HelpName = helpName, Description = description, DefaultValueFactory = _ => [],
    };

    private static MailboxAccount Account(string text)
    {
        var at = text.LastIndexOf('=');
        if (at < 0)
        {
            return new MailboxAccount(text);
        }

        return Enum.TryParse<AccountState>(text[(at + 1)..], ignoreCase: true, out var state) && Enum.IsDefined(state)
            ? new MailboxAccount(text[..at]) { State = state }
            : throw CliException.Usage(
                $"'{text[(at + 1)..]}' is no state of an account.",
                $"There are {string.Join(", ", Enum.GetNames<AccountState>())}.");
    }
}
