using MailAdmin.Identity;
using MailAdmin.TestServices;

namespace MailAdmin.Tests.Identity;

/// <summary>Managed identities are found by environment variables, which are one for the process.</summary>
[Collection(nameof(ManagedIdentityTests))]
[CollectionDefinition(nameof(ManagedIdentityTests), DisableParallelization = true)]
public sealed class ManagedIdentityTests : IDisposable
{
    private readonly Dictionary<string, string?> _before = [];

    [Theory]
    [InlineData(ManagedIdentityKind.System, null)]
    [InlineData(ManagedIdentityKind.ClientId, "22222222-0000-0000-0000-000000000000")]
    [InlineData(ManagedIdentityKind.ObjectId, "33333333-0000-0000-0000-000000000000")]
    [InlineData(
        ManagedIdentityKind.ResourceId, "/subscriptions/x/resourceGroups/y/providers/z/userAssignedIdentities/m")]
    public async Task App_Service_gives_its_identity_a_token(ManagedIdentityKind kind, string? id)
    {
        await using var kit = await SignInKit.StartAsync(Known());
        Set(kit.Provider.AppServiceVariables);

        using var source = kit.Source(Settings(kind, id));
        var token = await source.GetTokenAsync(default);

        Assert.Equal(source.Settings.Scopes[0], $"{kit.Provider.Tokens.Find(token.Value)!.Audience}/.default");
        Assert.Equal(1, kit.Provider.Requests.Count("/msi/token"));
    }

    // One test, as MSAL asks the same address for as long as the process lives.
    [Fact]
    public async Task A_virtual_machine_gives_its_identities_tokens_until_nobody_answers()
    {
        await using var kit = await SignInKit.StartAsync(Known());
        Set(new Dictionary<string, string>
        {
            ["AZURE_POD_IDENTITY_AUTHORITY_HOST"] = kit.Provider.PlainAddress.AbsoluteUri.TrimEnd('/'),
        });
        using var own = kit.Source(Settings(ManagedIdentityKind.System, null));
        using var assigned = kit.Source(
            Settings(ManagedIdentityKind.ClientId, "22222222-0000-0000-0000-000000000000"));

        var first = await own.GetTokenAsync(default);
        var second = await assigned.GetTokenAsync(default);
        await kit.Provider.DisposeAsync();
        var failure = await kit.FailureAsync(Settings(ManagedIdentityKind.System, null));

        Assert.NotNull(kit.Provider.Tokens.Find(first.Value));
        Assert.Contains(
            "\"appid\":\"22222222-",
            kit.Provider.Tokens.Find(second.Value)!.Claims.ToJsonString(),
            StringComparison.Ordinal);
        Assert.Equal("ManagedIdentityMissing", failure.ErrorId);
    }

    [Fact]
    public async Task An_identity_that_is_not_assigned_is_said_to_be_missing()
    {
        await using var kit = await SignInKit.StartAsync();
        Set(kit.Provider.AppServiceVariables);

        var failure = await kit.FailureAsync(
            Settings(ManagedIdentityKind.ClientId, "44444444-0000-0000-0000-000000000000"));

        Assert.Equal("ManagedIdentityMissing", failure.ErrorId);
    }

    public void Dispose()
    {
        foreach (var (name, value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }

    private static TestIdentityOptions Known() => new()
    {
        AssignedIdentities =
        [
            "22222222-0000-0000-0000-000000000000",
            "33333333-0000-0000-0000-000000000000",
            "/subscriptions/x/resourceGroups/y/providers/z/userAssignedIdentities/m",
        ],
    };

    // MSAL keeps such tokens for the whole process, so each test asks for another resource.
    private static TokenSettings Settings(ManagedIdentityKind kind, string? id) => new()
    {
        Flow = TokenFlow.ManagedIdentity,
        Identity = kind,
        IdentityId = id,
        Scopes = [$"https://resource-{Guid.NewGuid():N}.example/.default"],
    };

    private void Set(IReadOnlyDictionary<string, string> variables)
    {
        foreach (var (name, value) in variables)
        {
            _before[name] = Environment.GetEnvironmentVariable(name);
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
