namespace MailAdmin.Identity;

/// <summary>What to ask for, by service and flow.</summary>
public static class TokenScopes
{
    private const string Gmail = "https://mail.google.com/";

    /// <summary>
    /// The scopes of a token: a person's consent to one permission; for an application, all that an administrator
    /// consented to (<c>/.default</c>); for Gmail the one scope that SMTP and POP3 take.
    /// </summary>
    public static IReadOnlyList<string> Of(TokenSettings settings) =>
        settings.Scopes.Count > 0 ? settings.Scopes
        : settings.IsGoogle ? [Gmail]
        : settings.NeedsPerson ? [$"{Resource(settings)}/{Permission(settings.Service)}"]
        : [$"{Resource(settings)}/.default"];

    /// <summary>The resource that the token is for, without a slash at its end.</summary>
    internal static string Resource(TokenSettings settings)
    {
        if (settings.Scopes is [var scope, ..] && scope.LastIndexOf('/') is > 0 and var slash)
        {
            return scope[..slash];
        }

        var hosts = CloudEndpoints.Of(settings.Cloud);
        return (settings.Service == TokenService.Graph ? hosts.Graph : hosts.Exchange)
            .GetLeftPart(UriPartial.Authority);
    }

    private static string Permission(TokenService service) => service switch
    {
        TokenService.Pop => "POP.AccessAsUser.All",
        TokenService.Graph => "Mail.Send",
        _ => "SMTP.Send",
    };
}
