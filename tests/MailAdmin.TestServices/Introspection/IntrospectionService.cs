using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Introspection;

/// <summary>
/// Tells servers that were handed a token whether it is good (RFC 7662): they ask with POST, and Dovecot with GET too.
/// Whoever asks must log in as one of the apps (§2.1).
/// </summary>
internal sealed class IntrospectionService(TestIdentityOptions options, TokenIssuer issuer) : ITestService
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/oauth2/introspect", async (HttpRequest request) =>
            Answer(request, (await request.ReadFormAsync())["token"].ToString()));
        routes.MapGet("/oauth2/introspect", (HttpRequest request, string token) => Answer(request, token));
    }

    private IResult Answer(HttpRequest request, string token)
    {
        if (!IsKnown(request.Headers.Authorization.ToString()))
        {
            request.HttpContext.Response.Headers.WWWAuthenticate = "Basic";
            return Results.StatusCode(StatusCodes.Status401Unauthorized);
        }

        // Of a token that is not good, nothing else is said (§2.2).
        return Results.Json(
            issuer.Find(token) is { } known && known.ExpiresAt > options.Time.GetUtcNow()
                ? Describe(known)
                : new JsonObject { ["active"] = false });
    }

    private static JsonObject Describe(IssuedToken token) => new()
    {
        ["active"] = true,
        ["token_type"] = "Bearer",
        ["username"] = token.User,
        ["aud"] = token.Audience,
        ["scope"] = token.Claims["scp"]?.GetValue<string>(),
        ["client_id"] = token.Claims["appid"]?.GetValue<string>(),
        ["exp"] = token.ExpiresAt.ToUnixTimeSeconds(),
    };

    private bool IsKnown(string authorization)
    {
        const string Scheme = "Basic ";
        var octets = new byte[authorization.Length];
        return authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) &&
            Convert.TryFromBase64String(authorization[Scheme.Length..], octets, out var length) &&
            options.Apps.Any(app => Encoding.UTF8.GetString(octets, 0, length) == $"{app.ClientId}:{app.Secret}");
    }
}
