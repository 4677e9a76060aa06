using System.Text;
using System.Text.Json;

namespace MailAdmin.Cli.Tests;

/// <summary>Runs the program inside the test's process, with streams and an environment of its own.</summary>
internal sealed class Cli
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>What is typed when the program asks for a secret; null when nobody is there.</summary>
    public string? TypedSecret { get; set; }

    /// <summary>True to run as on a terminal.</summary>
    public bool ShowsProgress { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    public Task<ExitCode> RunAsync(params string[] args) => RunWithInputAsync("", args);

    public Task<ExitCode> RunWithInputAsync(string input, params string[] args) =>
        RunWithInputAsync(Encoding.UTF8.GetBytes(input), CancellationToken.None, args);

    public async Task<ExitCode> RunWithInputAsync(
        byte[] input, CancellationToken cancellationToken, params string[] args)
    {
        var host = new CliHost
        {
            Input = new MemoryStream(input),
            Output = TextWriter.Synchronized(_output),
            Error = TextWriter.Synchronized(_error),
            Environment = Environment.GetValueOrDefault,
            AskSecret = _ => TypedSecret,
            ShowsProgress = ShowsProgress,
            Time = Time,
            Login = "robot@host.example.com",
        };
        return (ExitCode)await CommandTree.RunAsync(args, host, cancellationToken);
    }

    /// <summary>The one JSON object that was written.</summary>
    public JsonElement Json()
    {
        var line = Assert.Single(Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        return JsonDocument.Parse(line).RootElement;
    }
}
