using System.CommandLine;
using MailAdmin.Cli.Parsing;
using MailAdmin.Sasl;

namespace MailAdmin.Cli.Sending;

/// <summary>The options that say who logs in, and how.</summary>
internal sealed class LoginOptions
{
    private readonly Option<string?> _user = new("--user", "-u")
    {
        HelpName = "NAME", Description = "Log in as; without a password or token option the password is asked for.",
    };

    private readonly Option<bool> _integrated = new("--integrated")
    {
        Description = "Log in as the account that this runs as: Kerberos, else NTLM.",
    };

    private readonly SecretOptions _password = new("password");
    private readonly SecretOptions _token = new("token");

    private readonly Option<string?> _mechanism = new("--mechanism")
    {
        HelpName = "NAME", Description = "Use this SASL mechanism, such as LOGIN, instead of the best one offered.",
    };

    private readonly Option<bool> _plaintext = new("--allow-plaintext-auth")
    {
        Description = "Log in even without TLS.",
    };

    public void AddTo(Command command)
    {
        command.Add(_user);
        _password.AddTo(command);
        _token.AddTo(command);
        command.Add(_integrated);
        command.Add(_mechanism);
        command.Add(_plaintext);
    }

    public string? Mechanism(ParseResult parsed) => parsed.GetValue(_mechanism);

    public bool AllowsPlaintext(ParseResult parsed) => parsed.GetValue(_plaintext);

    /// <summary>Null when nobody logs in.</summary>
    public SaslCredential? Read(ParseResult parsed, CliHost host)
    {
        var user = parsed.GetValue(_user);
        var hasPassword = _password.IsGiven(parsed);
        var hasToken = _token.IsGiven(parsed);
        if (parsed.GetValue(_integrated))
        {
            return user is null && !hasPassword && !hasToken
                ? new IntegratedCredential()
                : throw CliException.Usage("--integrated needs no user, password or token.", "Leave them out.");
        }

        if (user is null)
        {
            return hasPassword || hasToken || Mechanism(parsed) is not null
                ? throw CliException.Usage("It is not said who logs in.", "Add --user, or leave the login options out.")
                : null;
        }

        if (hasPassword && hasToken)
        {
            throw CliException.Usage("A password and a token cannot be used together.", "Leave one of them out.");
        }

        return hasToken
            ? new TokenCredential(user, _token.Read(parsed, host)!)
            : new PasswordCredential(user, _password.Read(parsed, host) ?? Ask(user, host));
    }

    private static string Ask(string user, CliHost host) =>
        host.AskSecret($"Password of {user}")
        ?? throw CliException.Usage(
            $"There is no password for '{user}', and no terminal to ask at.",
            "Use --password-file, --password-env, --token-file or --token-env.");
}
