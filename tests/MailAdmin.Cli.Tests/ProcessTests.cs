using System.Diagnostics;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Cli.Tests.Distributing;
using MailAdmin.Cli.Tests.Queueing;
using MailAdmin.Server;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Tests;

/// <summary>The program as a process of its own: what only the operating system can tell.</summary>
public sealed class ProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongerThanOthersTake = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task The_demonstration_runs()
    {
        using var process = Start("demo");
        var output = await process.StandardOutput.ReadToEndAsync();

        Assert.Equal(0, await EndAsync(process));
        Assert.Contains("Übersicht für Oktober – 売上レポート 📈", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_comes_through_standard_input()
    {
        await using var server = await SmtpTestServer.StartAsync();
        using var process = Start("send", "--server", $"127.0.0.1:{server.Endpoint.Port}", "-t", "-i");
        await process.StandardInput.WriteAsync("From: a@example.com\nTo: b@example.com\nSubject: Grüße\n\nText\n");
        process.StandardInput.Close();

        Assert.Equal(0, await EndAsync(process));
        Assert.Single(server.Messages);
    }

    [SkippableFact]
    public async Task Ctrl_C_ends_sending_with_130()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Signals are sent with Linux' tools.");
        await using var server = await SmtpTestServer.StartAsync(new() { Faults = FaultScript.Parse("mail=stall") });
        string[] message = ["--from", "a@example.com", "--to", "b@example.com", "--text", "x", "--transcript", "-"];
        using var process = Start(["send", "--server", $"127.0.0.1:{server.Endpoint.Port}", .. message]);
        await ReadUntilAsync(process.StandardError, "MAIL FROM");

        await SignalAsync(process, "INT");

        Assert.Equal(130, await EndAsync(process));
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_is_the_ordinary_end_of_the_sink(string signal)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Signals are sent with Linux' tools.");
        using var process = Start("sink", "--port", "0");
        var listening = await ReadUntilAsync(process.StandardError, "listening at");
        var port = int.Parse(
            Regex.Match(listening, @":(\d+)$").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        using var client = new System.Net.Sockets.TcpClient("127.0.0.1", port);

        await SignalAsync(process, signal);

        Assert.Equal(0, await EndAsync(process));
    }

    [SkippableTheory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task A_signal_lets_the_distributor_finish_what_is_being_transferred(string signal)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Signals are sent with Linux' tools.");
        using var held = new HeldConfirmation();
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = held });
        using var folder = new QueueFolder();
        await folder.AddAsync(server.Port);
        using var process = Start(["distribute", "--continuous"], folder.Store);
        await held.Received.WaitAsync(Patience);

        var stopping = Stopwatch.StartNew();
        await SignalAsync(process, signal);
        Assert.False(process.WaitForExit(LongerThanOthersTake));
        held.Let();

        Assert.Equal(0, await EndAsync(process));
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(1, server.MessageCount);
        Assert.Equal(["Sent"], await folder.StatesAsync());
    }

    [SkippableFact]
    public async Task A_signal_does_not_wait_for_a_server_that_hangs()
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "Signals are sent with Linux' tools.");
        using var held = new HeldConfirmation();
        await using var server = await SmtpTestServer.StartAsync(new() { Policy = held });
        using var folder = new QueueFolder();
        await folder.AddAsync(server.Port);
        using var process = Start(["distribute"], folder.Store);
        await held.Received.WaitAsync(Patience);

        var stopping = Stopwatch.StartNew();
        await SignalAsync(process, "TERM");
        var code = await EndAsync(process);
        stopping.Stop();
        held.Let();

        Assert.Equal((int)ExitCode.TemporaryFailure, code);
        Assert.InRange(stopping.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Equal(["Waiting"], await folder.StatesAsync());
    }

    private static Process Start(params string[] args) => Start(args, store: null);

    private static Process Start(string[] args, string? store)
    {
        var dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string[] command = [dotnet, Path.Combine(AppContext.BaseDirectory, "mailadmin.dll"), .. args];

        // A runner that was started in the background ignores SIGINT and would hand that down.
        string[] whole = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. command] : command;
        var start = new ProcessStartInfo(whole[0], whole[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment[StorePlacement.Variable] = store;
        return Process.Start(start)!;
    }

    private static async Task<string> ReadUntilAsync(StreamReader reader, string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (await reader.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal))
            {
                return line;
            }
        }

        throw new EndOfStreamException($"The program ended before it said '{text}'.");
    }

    private static async Task SignalAsync(Process process, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private static async Task<int> EndAsync(Process process)
    {
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw;
        }

        return process.ExitCode;
    }
}
