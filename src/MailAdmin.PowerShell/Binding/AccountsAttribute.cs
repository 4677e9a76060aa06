using System.Collections;
using System.Management.Automation;
using System.Security;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.Server.Personalities;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Takes accounts of a test server: addresses, credentials, or a table of addresses with a state or with a table of
/// State, SendAs, Password and Token.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class AccountsAttribute : ArgumentTransformationAttribute
{
    private static readonly string[] Keys = ["State", "SendAs", "Password", "Token"];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var accounts = new List<MailboxAccount>();
        Add(inputData, accounts);
        return accounts.ToArray();
    }

    private static void Add(object? value, List<MailboxAccount> accounts)
    {
        switch (Unwrap(value))
        {
            case null:
                break;
            case MailboxAccount account:
                accounts.Add(account);
                break;
            case string user:
                accounts.Add(new MailboxAccount(user));
                break;
            case PSCredential credential:
                var password = Secrets.Reveal(credential.Password);
                accounts.Add(new MailboxAccount(credential.UserName) { Password = password });
                break;
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    accounts.Add(Read(new MailboxAccount($"{entry.Key}"), Unwrap(entry.Value)));
                }

                break;
            case IEnumerable many:
                foreach (var item in many)
                {
                    Add(item, accounts);
                }

                break;
            default:
                throw Refusal.Of("Give accounts as addresses, or as @{ 'a@example.com' = 'MailboxFull' }.");
        }
    }

    private static MailboxAccount Read(MailboxAccount account, object? value)
    {
        if (value is not IDictionary table)
        {
            return account with { State = State(value) };
        }

        foreach (DictionaryEntry entry in table)
        {
            var content = Unwrap(entry.Value);
            account = Keys.FirstOrDefault(key => key.Equals($"{entry.Key}", StringComparison.OrdinalIgnoreCase)) switch
            {
                "State" => account with { State = State(content) },
                "SendAs" => account with { SendAs = LanguagePrimitives.ConvertTo<string[]>(content) ?? [] },
                "Password" => account with { Password = Secret(content) },
                "Token" => account with { Token = Secret(content) },
                _ => throw Refusal.Of($"'{entry.Key}' is nothing that an account has; {string.Join(", ", Keys)} are."),
            };
        }

        return account;
    }

    private static AccountState State(object? value) =>
        value is null ? AccountState.Working
        : LanguagePrimitives.TryConvertTo<AccountState>(value, out var state) ? state
        : throw Refusal.Of($"'{value}' is no state: there are {string.Join(", ", Enum.GetNames<AccountState>())}.");

    private static string? Secret(object? value) =>
        value is SecureString secret ? Secrets.Reveal(secret) : LanguagePrimitives.ConvertTo<string>(value);

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
