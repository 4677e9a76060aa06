using System.Text.Json.Nodes;
using MailAdmin.TestServices.Tokens;

namespace MailAdmin.TestServices.Entra;

/// <summary>
/// Tokens as Microsoft Entra ID makes them for Exchange Online and Graph: version 1, named by their resource.
/// </summary>
internal sealed class EntraTokens(TestIdentityOptions options, TokenIssuer issuer)
{
    public IssuedToken ForApp(TestApp app, string resource) => Issue(app, resource, new JsonObject
    {
        ["roles"] = new JsonArray([.. app.Roles.Select(r => JsonValue.Create(r))]),
        ["idtyp"] = "app",
        ["oid"] = "99999999-8888-7777-6666-555555555555",
    });

    public IssuedToken ForUser(TestApp app, TestUser user, string resource, string scopes) =>
        Issue(app, resource, new JsonObject
        {
            ["scp"] = scopes,
            ["upn"] = user.Name,
            ["unique_name"] = user.Name,
            ["oid"] = user.ObjectId,
            ["idtyp"] = "user",
        });

    public string IdToken(TestApp app, TestUser user)
    {
        var now = options.Time.GetUtcNow();
        return issuer.Sign(new JsonObject
        {
            ["aud"] = app.ClientId,
            ["iss"] = $"https://login.microsoftonline.com/{options.Tenant}/v2.0",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + issuer.Lifetime).ToUnixTimeSeconds(),
            ["sub"] = user.ObjectId,
            ["oid"] = user.ObjectId,
            ["tid"] = options.Tenant,
            ["preferred_username"] = user.Name,
            ["ver"] = "2.0",
        });
    }

    private IssuedToken Issue(TestApp app, string resource, JsonObject claims)
    {
        var now = options.Time.GetUtcNow();
        claims["aud"] = resource;
        claims["iss"] = $"https://sts.windows.net/{options.Tenant}/";
        claims["iat"] = now.ToUnixTimeSeconds();
        claims["nbf"] = now.ToUnixTimeSeconds();
        claims["exp"] = (now + issuer.Lifetime).ToUnixTimeSeconds();
        claims["appid"] = app.ClientId;
        claims["tid"] = options.Tenant;
        claims["ver"] = "1.0";
        if (options.Padding > 0)
        {
            claims["wids"] = new string('w', options.Padding);
        }

        return issuer.Issue(claims);
    }
}
