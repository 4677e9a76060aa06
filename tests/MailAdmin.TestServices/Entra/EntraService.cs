using System.Text.Json.Nodes;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Entra;

/// <summary>
/// As much of the Microsoft identity platform (version 2.0) as the flows of this project speak.
/// </summary>
internal sealed class EntraService(TestIdentityOptions options, TokenIssuer issuer) : ITestService
{
    private readonly EntraTokens _tokens = new(options, issuer);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", Discover);
        routes.MapGet("/{tenant}/discovery/v2.0/keys", issuer.KeySet);
        routes.MapPost("/{tenant}/oauth2/v2.0/token", TokenAsync);
    }

    private static JsonObject Discover(HttpRequest request, string tenant)
    {
        var root = $"https://{request.Host}/{tenant}";
        return new JsonObject
        {
            ["issuer"] = $"{root}/v2.0",
            ["authorization_endpoint"] = $"{root}/oauth2/v2.0/authorize",
            ["token_endpoint"] = $"{root}/oauth2/v2.0/token",
            ["device_authorization_endpoint"] = $"{root}/oauth2/v2.0/devicecode",
            ["jwks_uri"] = $"{root}/discovery/v2.0/keys",
        };
    }

    private async Task<IResult> TokenAsync(HttpRequest request, string tenant)
    {
        var form = await request.ReadFormAsync();
        var now = options.Time.GetUtcNow();
        if (!tenant.Equals(options.Tenant, StringComparison.OrdinalIgnoreCase))
        {
            return EntraError.Answer("invalid_request", 90002, $"Tenant '{tenant}' not found.", now);
        }

        var app = options.Apps.FirstOrDefault(a => a.ClientId == form["client_id"]);
        if (app is null)
        {
            return EntraError.Answer(
                "unauthorized_client",
                700016,
                $"Application with identifier '{form["client_id"]}' was not found in the directory 'Contoso'.",
                now);
        }

        return form["client_secret"] == app.Secret
            ? Bearer(_tokens.ForApp(app, Resource(form["scope"].ToString())))
            : EntraError.Answer("invalid_client", 7000215, "Invalid client secret provided.", now, 401);
    }

    private IResult Bearer(IssuedToken token) => Results.Json(new JsonObject
    {
        ["token_type"] = "Bearer",
        ["expires_in"] = (long)(token.ExpiresAt - options.Time.GetUtcNow()).TotalSeconds,
        ["ext_expires_in"] = (long)(token.ExpiresAt - options.Time.GetUtcNow()).TotalSeconds,
        ["access_token"] = token.Value,
    });

    private static string Resource(string scope) => scope[..scope.LastIndexOf('/')];
}
