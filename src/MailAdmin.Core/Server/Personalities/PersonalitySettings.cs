using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// A personality as people ask for it: by kind, with what they say, in words, about accounts or about the tenant. The
/// limits are those of the service.
/// </summary>
public sealed record PersonalitySettings
{
    /// <summary>Which service; null for none.</summary>
    public PersonalityKind? Kind { get; init; }

    /// <summary>Who may log in; not at an MX endpoint.</summary>
    public IReadOnlyList<MailboxAccount> Accounts { get; init; } = [];

    /// <summary>Users with their passwords, who complete the accounts or are further ones.</summary>
    public IReadOnlyDictionary<string, string> Users { get; init; } = new Dictionary<string, string>();

    /// <summary>The domains of an MX endpoint's tenant.</summary>
    public IReadOnlyList<string> AcceptedDomains { get; init; } = [];

    /// <summary>The mailboxes of an MX endpoint, besides the full ones; with none each address is one.</summary>
    public IReadOnlyList<string> Mailboxes { get; init; } = [];

    /// <summary>The full mailboxes of an MX endpoint.</summary>
    public IReadOnlyList<string> FullMailboxes { get; init; } = [];

    /// <summary>Whose mail an MX endpoint relays; see <see cref="InboundConnector.Parse"/>.</summary>
    public IReadOnlyList<string> Connectors { get; init; } = [];

    /// <summary>See <see cref="MxEndpointOptions.RejectDirectSend"/>.</summary>
    public bool RejectDirectSend { get; init; }

    /// <summary>See <see cref="MxEndpointOptions.IsWrongRegion"/>.</summary>
    public bool IsWrongRegion { get; init; }

    /// <summary>See <see cref="HveOptions.UseFirstTokenCodes"/>; of High Volume Email only.</summary>
    public bool UseFirstTokenCodes { get; init; }

    private bool HasTenant => RejectDirectSend || IsWrongRegion ||
        AcceptedDomains.Count + Mailboxes.Count + FullMailboxes.Count + Connectors.Count > 0;

    /// <summary>Makes the personality; null when none is asked for.</summary>
    /// <param name="time">The clock; null for the system's.</param>
    /// <exception cref="SmtpTestServerException">
    /// Something is missing or belongs to another kind (<c>InvalidServerOptions</c>), or a connector cannot be read.
    /// </exception>
    /// <exception cref="AddressFormatException">An address or a domain cannot be read.</exception>
    public ServerPersonality? Create(TimeProvider? time = null)
    {
        var accounts = AllAccounts();
        Validate(accounts);
        return Kind switch
        {
            PersonalityKind.ExchangeOnlineSubmission =>
                new ExchangeOnlineSubmission(new() { Accounts = accounts }, time),
            PersonalityKind.Hve =>
                new Hve(new() { Accounts = accounts, UseFirstTokenCodes = UseFirstTokenCodes }, time),
            PersonalityKind.MxEndpoint => new MxEndpoint(Tenant(), time),
            _ => null,
        };
    }

    private void Validate(IReadOnlyList<MailboxAccount> accounts)
    {
        var (fault, action) = Kind switch
        {
            null => Accounts.Count > 0 || HasTenant || UseFirstTokenCodes
                ? ("accounts and tenants belong to a personality, and none is named", "Name a personality.")
                : ("", ""),
            PersonalityKind.MxEndpoint => accounts.Count > 0
                ? ("an MX endpoint knows no logins", "Leave the accounts out.")
                : ("", ""),
            _ when HasTenant => (
                "domains, mailboxes, connectors and Direct Send are of an MX endpoint only",
                $"Leave them out, or take {PersonalityKind.MxEndpoint}."),
            _ when accounts.Count == 0 => ("nobody could log in, as there are no accounts", "Give an account."),
            _ => ("", ""),
        };
        if (fault.Length == 0 && UseFirstTokenCodes && Kind != PersonalityKind.Hve)
        {
            (fault, action) = ("the codes for tokens are of High Volume Email only", "Leave the choice of codes out.");
        }

        if (fault.Length > 0)
        {
            throw new SmtpTestServerException(
                "InvalidServerOptions",
                MailErrorKind.InvalidInput,
                $"The test server cannot be started so: {fault}.",
                action);
        }
    }

    private List<MailboxAccount> AllAccounts()
    {
        var users = new Dictionary<string, string>(Users, StringComparer.OrdinalIgnoreCase);
        List<MailboxAccount> accounts =
        [
            .. Accounts.Select(account =>
                users.Remove(account.User, out var password) ? account with { Password = password } : account),
        ];
        accounts.AddRange(users.Select(user => new MailboxAccount(user.Key) { Password = user.Value }));
        return accounts;
    }

    private MxEndpointOptions Tenant() => new()
    {
        AcceptedDomains = [.. AcceptedDomains.Select(DomainName.Parse)],
        Mailboxes = Mailboxes.Count == 0 ? null : [.. Mailboxes.Concat(FullMailboxes).Select(EmailAddress.Parse)],
        FullMailboxes = [.. FullMailboxes.Select(EmailAddress.Parse)],
        Connectors = [.. Connectors.Select(InboundConnector.Parse)],
        RejectDirectSend = RejectDirectSend,
        IsWrongRegion = IsWrongRegion,
    };
}
