using MailAdmin.Server.Personalities;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Completes accounts of a test server with a table for each state.</summary>
public sealed class AccountStateCompleter()
    : ListCompleter([.. Enum.GetNames<AccountState>().Select(state => $"@{{ 'user@example.com' = '{state}' }}")]);
