using System.CommandLine;

namespace MailAdmin.Cli.Parsing;

/// <summary>Where a secret comes from: a file or an environment variable. An argument every user could see.</summary>
internal sealed class SecretOptions
{
    private readonly string _what;

    public SecretOptions(string what)
    {
        _what = what;
        var words = what.Replace('-', ' ');
        File = new($"--{what}-file") { HelpName = "FILE", Description = $"File whose first line is the {words}." };
        Variable = new($"--{what}-env") { HelpName = "NAME", Description = $"Environment variable with the {words}." };
        Literal = new($"--{what}") { Hidden = true };
        Literal.Validators.Add(result => result.AddError(
            $"a {what} is no argument, as every user of the machine could read it: use --{what}-file or --{what}-env"));
    }

    public Option<string?> File { get; }

    public Option<string?> Variable { get; }

    /// <summary>Hidden; there so that the mistake gets its own answer, and the secret is not echoed.</summary>
    public Option<string?> Literal { get; }

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Variable);
        command.Add(Literal);
    }

    public bool IsGiven(ParseResult parsed) =>
        parsed.GetValue(File) is not null || parsed.GetValue(Variable) is not null;

    /// <summary>The secret; null when neither option was given.</summary>
    public string? Read(ParseResult parsed, CliHost host)
    {
        var (path, variable) = (parsed.GetValue(File), parsed.GetValue(Variable));
        if (path is not null && variable is not null)
        {
            throw CliException.Usage(
                $"--{_what}-file and --{_what}-env cannot be used together.", "Leave one of them out.");
        }

        return path is not null ? FromFile(path) : variable is not null ? FromVariable(variable, host) : null;
    }

    private string FromFile(string path)
    {
        try
        {
            using var reader = new StreamReader(path);
            return reader.ReadLine() is { Length: > 0 } line
                ? line
                : throw new CliException(
                    ExitCode.DataError,
                    "SecretFileEmpty",
                    MailErrorKind.InvalidInput,
                    $"The {_what} file '{path}' has an empty first line.",
                    $"Write the {_what} into its first line.");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw CliException.Unreadable(path, $"{_what} file", cause);
        }
    }

    private string FromVariable(string name, CliHost host) =>
        host.Environment(name) is { Length: > 0 } value
            ? value
            : throw CliException.Usage(
                $"The environment variable '{name}' is not set.", $"Set it to the {_what}, or use --{_what}-file.");
}
