using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.TestServices.SignIn;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Entra;

/// <summary>
/// As much of the Microsoft identity platform (version 2.0) as the flows of this project speak.
/// </summary>
internal sealed class EntraService(
    TestIdentityOptions options, TokenIssuer issuer, DeviceSignIns signIns, Grants grants)
    : ITestService
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var tokens = new EntraTokenEndpoint(options, new EntraTokens(options, issuer), signIns, grants);
        routes.MapGet("/{tenant}/v2.0/.well-known/openid-configuration", Discover);
        routes.MapGet("/{tenant}/discovery/v2.0/keys", issuer.KeySet);
        routes.MapGet("/{tenant}/oauth2/v2.0/authorize", Authorize);
        routes.MapPost("/{tenant}/oauth2/v2.0/devicecode", BeginDeviceAsync);
        routes.MapPost("/{tenant}/oauth2/v2.0/token", tokens.AnswerAsync);
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

    // The page on which somebody would sign in: here the person named, or the first, agrees at once.
    private IResult Authorize(HttpRequest request, string tenant)
    {
        var query = request.Query;
        var back = new UriBuilder(query["redirect_uri"].ToString());
        var user = options.Users.FirstOrDefault(u => u.Name == query["login_hint"]) ?? options.Users[0];
        var answer = new Dictionary<string, string> { ["state"] = query["state"].ToString() };
        if (options.DeclineSignIn)
        {
            answer["error"] = "access_denied";
            answer["error_description"] = "AADSTS65004: User declined to consent to access the app.";
        }
        else
        {
            answer["code"] = grants.Add("0.Code", new Grant(
                query["client_id"].ToString(), user, query["scope"].ToString(), query["code_challenge"].ToString()));
        }

        if (query["response_mode"] == "form_post")
        {
            var fields = string.Concat(answer.Select(
                p => $"<input type=\"hidden\" name=\"{p.Key}\" value=\"{WebUtility.HtmlEncode(p.Value)}\">"));
            return Results.Content(
                $"<form method=\"post\" action=\"{WebUtility.HtmlEncode(back.Uri.AbsoluteUri)}\">{fields}</form>",
                "text/html");
        }

        back.Query = string.Join('&', answer.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return Results.Redirect(back.Uri.AbsoluteUri);
    }

    private async Task<IResult> BeginDeviceAsync(HttpRequest request, string tenant)
    {
        var form = await request.ReadFormAsync();
        var now = options.Time.GetUtcNow();
        if (!options.Knows(tenant))
        {
            return EntraError.Answer("invalid_request", 90002, $"Tenant '{tenant}' not found.", now);
        }

        var signIn = signIns.Begin(
            form["client_id"].ToString(),
            form["scope"].ToString(),
            now + options.DeviceCodeLifetime,
            options.ApproveDeviceCodes);
        var page = $"https://{request.Host}/devicelogin";
        return Results.Json(new JsonObject
        {
            ["device_code"] = signIn.DeviceCode,
            ["user_code"] = signIn.UserCode,
            ["verification_uri"] = page,
            ["expires_in"] = (int)options.DeviceCodeLifetime.TotalSeconds,
            ["interval"] = 1,
            ["message"] = $"To sign in, open the page {page} and enter the code {signIn.UserCode}.",
        });
    }
}
