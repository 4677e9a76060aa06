using MailAdmin.Addressing;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// The name that an app logs in with at Azure Communication Services, with its client secret as the password. In the
/// place of this name an SMTP username may be made for the app in Azure, an e-mail address or free text.
/// <code>
/// resource "." app id "." tenant id        or with "|"
/// </code>
/// </summary>
/// <param name="Resource">The name of the Communication Services resource.</param>
/// <param name="AppId">The id of the app registration in Microsoft Entra ID: its application (client) id.</param>
/// <param name="TenantId">The tenant of the app.</param>
public sealed record AcsUserName(string Resource, Guid AppId, Guid TenantId)
{
    private const string Form = "resource.app-id.tenant-id";
    private const int LongestResource = 63;

    /// <summary>The name as one types it.</summary>
    public override string ToString() => $"{Resource}.{AppId:D}.{TenantId:D}";

    /// <summary>Reads a name; null for one that was made in Azure, of which only Azure knows.</summary>
    /// <exception cref="MailRouteException">It is neither (<c>AcsUserNameInvalid</c>).</exception>
    public static AcsUserName? Read(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        var isPiped = name.Contains('|', StringComparison.Ordinal);
        var parts = name.Split(isPiped ? '|' : '.');
        if (!isPiped && !parts.Any(IsId))
        {
            return !name.Contains('@', StringComparison.Ordinal) || EmailAddress.TryParse(name, out _, out _)
                ? null
                : throw Invalid($"'{name}' is no e-mail address.");
        }

        return parts switch
        {
            [var resource, var app, var tenant] when IsResource(resource) && IsId(app) && IsId(tenant) =>
                new AcsUserName(resource, Guid.Parse(app), Guid.Parse(tenant)),
            [_] => throw Invalid("It is an id alone, without the resource and the tenant."),
            [_, _, _] when !IsResource(parts[0]) => throw Invalid(
                $"'{parts[0]}' is no name of a resource: letters, digits and hyphens, at most {LongestResource}."),
            [_, _, _] => throw Invalid("The app's and the tenant's ids are GUIDs of 36 characters."),
            _ => throw Invalid($"It has {parts.Length} parts where it must have 3."),
        };
    }

    private static bool IsId(string text) => Guid.TryParseExact(text, "D", out _);

    private static bool IsResource(string text) =>
        text.Length is > 0 and <= LongestResource && text.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');

    private static MailRouteException Invalid(string why) => new(
        "AcsUserNameInvalid",
        $"The user name is none of Azure Communication Services. {why}",
        $"Log in with {Form}, with an SMTP username that was made for the resource in Azure, and with the app's " +
        "client secret as the password.");
}
