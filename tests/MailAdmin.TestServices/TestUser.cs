namespace MailAdmin.TestServices;

/// <summary>Somebody who can sign in at the test identity provider.</summary>
/// <param name="Name">The user principal name.</param>
public sealed record TestUser(string Name)
{
    /// <summary>The object's id in the tenant.</summary>
    public string ObjectId { get; init; } = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
}
