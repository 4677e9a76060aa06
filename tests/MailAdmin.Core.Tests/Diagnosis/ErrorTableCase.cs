using System.Text.Json;
using MailAdmin.Server.Personalities;

namespace MailAdmin.Tests.Diagnosis;

/// <summary>One cause of one row of the error table; Fixtures/README.md describes the form.</summary>
internal sealed record ErrorTableCase
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static IReadOnlyList<ErrorTableRow> Rows { get; } = JsonSerializer.Deserialize<ErrorTableRow[]>(
        File.ReadAllText(Path.Combine(FixtureCase.Folder, "error-table.json")), Json)!;

    public required string Id { get; init; }

    public JsonElement? Server { get; init; }

    public string? ScriptedAt { get; init; }

    public string? Why { get; init; }

    public string? Login { get; init; }

    public Dictionary<string, JsonElement>? Token { get; init; }

    public string From { get; init; } = "scanner@contoso.com";

    public string Author { get; init; } = "scanner@contoso.com";

    public string To { get; init; } = "anna@contoso.com";

    public required string[] Reports { get; init; }

    /// <summary>True when a personality says it of itself, without a script.</summary>
    public bool IsPlayed => Why is null;

    /// <summary>Its replies and pasted texts with the verdict that the facts demand.</summary>
    public IReadOnlyList<FixtureCase> Fixtures => [.. FixtureCase.All.Where(fixture => fixture.Id == Id)];

    public ServerPersonality Play()
    {
        var server = Server!.Value;
        return new PersonalitySettings
        {
            Kind = Enum.Parse<PersonalityKind>(server.GetProperty("personality").GetString()!),
            Accounts = Accounts(server),
            Users = Text(server, "password") is { } password
                ? new Dictionary<string, string> { ["scanner@contoso.com"] = password }
                : new Dictionary<string, string>(),
            AcceptedDomains = Text(server, "acceptedDomain") is { } domain ? [domain] : [],
            Connectors = Text(server, "connector") is { } connector ? [connector] : [],
            FullMailboxes = Text(server, "fullMailbox") is { } mailbox ? [mailbox] : [],
            RejectDirectSend = server.TryGetProperty("rejectDirectSend", out _),
            IsWrongRegion = server.TryGetProperty("wrongRegion", out _),
            UseFirstTokenCodes = server.TryGetProperty("firstTokenCodes", out _),
        }.Create()!;
    }

    private static MailboxAccount[] Accounts(JsonElement server) =>
        !server.TryGetProperty("account", out var account) ? []
        : account.ValueKind == JsonValueKind.Array
            ? [.. account.EnumerateArray().Select(user => new MailboxAccount(user.GetString()!))]
        : [.. account.EnumerateObject().Select(pair =>
            new MailboxAccount(pair.Name) { State = Enum.Parse<AccountState>(pair.Value.GetString()!) })];

    private static string? Text(JsonElement server, string name) =>
        server.TryGetProperty(name, out var value) ? value.GetString() : null;
}
