namespace MailAdmin.Addressing;

/// <summary>An address with the name that is shown beside it (RFC 5322 §3.4).</summary>
/// <param name="DisplayName">The name, decoded; null or empty for none.</param>
/// <param name="Address">The address.</param>
public sealed record Mailbox(string? DisplayName, EmailAddress Address)
{
    /// <summary>The address alone, without a name.</summary>
    public static implicit operator Mailbox(EmailAddress address) => new(null, address);

    /// <summary><c>Name &lt;user@example.com&gt;</c> for people; headers are written by the MIME layer.</summary>
    public override string ToString() =>
        string.IsNullOrEmpty(DisplayName) ? Address.ToString() : $"{DisplayName} <{Address}>";
}
