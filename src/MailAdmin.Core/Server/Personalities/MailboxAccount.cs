using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>An account that a personality knows.</summary>
/// <param name="User">The address that it logs in with.</param>
public sealed record MailboxAccount(string User)
{
    /// <summary>The password; null takes any.</summary>
    public string? Password { get; init; }

    /// <summary>
    /// The token of XOAUTH2; null takes any access token of the right audience, permission and time, whoever signed it.
    /// </summary>
    public string? Token { get; init; }

    /// <summary>What is wrong with it.</summary>
    public AccountState State { get; init; }

    /// <summary>Whom it may send as, besides itself.</summary>
    public IReadOnlyList<string> SendAs { get; init; } = [];

    /// <summary>True when it may send as this address.</summary>
    internal bool MaySendAs(EmailAddress address) => SendAs.Append(User).Any(own =>
        string.Equals(own, address.ToString(), StringComparison.OrdinalIgnoreCase) ||
        string.Equals(own, address.ToWireString(), StringComparison.OrdinalIgnoreCase));

    // A record prints all its members, and a secret must not get into a log.
    private bool PrintMembers(System.Text.StringBuilder builder)
    {
        builder.Append("User = ").Append(User).Append(", State = ").Append(State);
        return true;
    }
}
