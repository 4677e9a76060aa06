namespace MailAdmin.TestServices;

/// <summary>Whom the test identity provider knows, and what its tokens are like.</summary>
public sealed record TestIdentityOptions
{
    /// <summary>The only tenant that there is.</summary>
    public string Tenant { get; init; } = "8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c";

    /// <summary>The registered applications.</summary>
    public IReadOnlyList<TestApp> Apps { get; init; } = [new()];

    /// <summary>The users of the tenant.</summary>
    public IReadOnlyList<TestUser> Users { get; init; } = [new("alice@contoso.example")];

    /// <summary>How long an access token lives.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a device code may be entered.</summary>
    public TimeSpan DeviceCodeLifetime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Whether a device code counts as entered at once, so that nobody has to.</summary>
    public bool ApproveDeviceCodes { get; init; }

    /// <summary>Whether whoever is sent to the sign-in page says no.</summary>
    public bool DeclineSignIn { get; init; }

    /// <summary>The ids by which identities that are assigned to this machine may be asked for.</summary>
    public IReadOnlyList<string> AssignedIdentities { get; init; } = [];

    /// <summary>
    /// Lengthens each token by a claim of this many characters, as the tokens of people in many groups are.
    /// </summary>
    public int Padding { get; init; }

    /// <summary>The provider's clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether there is such a tenant; a person may leave it open.</summary>
    internal bool Knows(string tenant) =>
        tenant is "organizations" or "common" || tenant.Equals(Tenant, StringComparison.OrdinalIgnoreCase);
}
