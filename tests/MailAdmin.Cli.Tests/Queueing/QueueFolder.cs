using System.Text.Json;
using MailAdmin.Storage;

namespace MailAdmin.Cli.Tests.Queueing;

/// <summary>A temporary store for one test, and programs that work on it.</summary>
internal sealed class QueueFolder : IDisposable
{
    public static readonly string[] Message =
        ["--from", "a@example.com", "--to", "b@example.com", "--subject", "Grüße", "--text", "x"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-queue-");

    public string Folder => _folder.FullName;

    public string Store => Path.Combine(Folder, "mail.db");

    /// <summary>A program of its own on this store.</summary>
    public Cli Program() => new() { Environment = { [StorePlacement.Variable] = Store } };

    /// <summary>Queues a message for a port of this machine, and returns its number.</summary>
    public async Task<string> AddAsync(int port, params string[] more)
    {
        var cli = Program();
        string[] command = ["queue", "add", "--json", "--server", $"127.0.0.1:{port}", .. Message, .. more];
        Assert.Equal((ExitCode.Ok, ""), (await cli.RunAsync(command), cli.Error));
        return cli.Json().GetProperty("id").GetRawText();
    }

    /// <summary>The messages in the queue.</summary>
    public async Task<IReadOnlyList<JsonElement>> ListAsync(params string[] filter)
    {
        var cli = Program();
        Assert.Equal((ExitCode.Ok, ""), (await cli.RunAsync(["queue", "list", "--json", .. filter]), cli.Error));
        return Objects(cli.Output);
    }

    /// <summary>What state each message is in.</summary>
    public async Task<IReadOnlyList<string?>> StatesAsync() =>
        [.. (await ListAsync()).Select(item => item.GetProperty("state").GetString())];

    public Task<IMailStore> OpenAsync() => MailStores.OpenAsync(
        new StoreLocation(Store, StoreAccess.Owner), TimeProvider.System, CancellationToken.None);

    public static IReadOnlyList<JsonElement> Objects(string output) =>
        [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];

    public void Dispose() => _folder.Delete(recursive: true);
}
