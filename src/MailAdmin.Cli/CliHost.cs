namespace MailAdmin.Cli;

/// <summary>The process around a command: streams, environment, terminal. Tests pass their own.</summary>
internal sealed record CliHost
{
    /// <summary>Standard input as octets; a whole message may come from it.</summary>
    public required Stream Input { get; init; }

    /// <summary>Results.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Errors, warnings, progress, prompts.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>True when standard output is a terminal that shows colours.</summary>
    public bool HasColour { get; init; }

    /// <summary>True when standard error is a terminal, where progress makes sense.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Looks up an environment variable; null when it is not set.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Asks for a secret without showing it; null when nobody is there to ask.</summary>
    public required Func<string, string?> AskSecret { get; init; }

    /// <summary>Who runs this, as an address: the sender of messages that name none.</summary>
    public required string Login { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>How long a command may take to end after Ctrl+C; null leaves the signals to the caller.</summary>
    public TimeSpan? TerminationTimeout { get; init; }

    public static CliHost OfProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            // Its consoles start with a character set of the eighties.
            Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        }

        return new CliHost
        {
            Input = Console.OpenStandardInput(),
            Output = Console.Out,
            Error = Console.Error,
            HasColour = !Console.IsOutputRedirected && System.Environment.GetEnvironmentVariable("NO_COLOR") is null,
            ShowsProgress = !Console.IsErrorRedirected,
            Environment = System.Environment.GetEnvironmentVariable,
            AskSecret = SecretPrompt.Ask,
            Login = $"{System.Environment.UserName}@{System.Net.Dns.GetHostName()}",
            TerminationTimeout = TimeSpan.FromSeconds(1),
        };
    }
}
