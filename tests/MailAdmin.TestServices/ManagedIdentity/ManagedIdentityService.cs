using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.TestServices.Entra;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.ManagedIdentity;

/// <summary>
/// What a machine in Azure asks itself for: the endpoint of App Service (<c>IDENTITY_ENDPOINT</c>), and the instance
/// metadata service of a virtual machine (<c>AZURE_POD_IDENTITY_AUTHORITY_HOST</c>).
/// </summary>
internal sealed class ManagedIdentityService(TestIdentityOptions options, TokenIssuer issuer) : ITestService
{
    public const string HeaderValue = "853b9a84-5bfa-4b22-a3f3-0b9a43d9ad8a";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/msi/token", (HttpRequest request) =>
            request.Headers["X-IDENTITY-HEADER"] == HeaderValue ? Answer(request.Query) : Results.Unauthorized());
        routes.MapGet("/metadata/identity/oauth2/token", (HttpRequest request) =>
            request.Headers["Metadata"] == "true" ? Answer(request.Query) : Results.BadRequest());
    }

    private IResult Answer(IQueryCollection query)
    {
        var asked = new[] { "client_id", "object_id", "mi_res_id", "msi_res_id" }
            .Select(name => query[name].ToString())
            .FirstOrDefault(id => id.Length > 0);
        if (asked is not null && !options.AssignedIdentities.Contains(asked))
        {
            return Results.Json(
                new JsonObject { ["error"] = "invalid_request", ["error_description"] = "Identity not found" },
                statusCode: 400);
        }

        var app = options.Apps[0] with { ClientId = asked ?? options.Apps[0].ClientId };
        var token = new EntraTokens(options, issuer).ForApp(app, query["resource"].ToString());
        return Results.Json(new JsonObject
        {
            ["access_token"] = token.Value,
            ["expires_in"] = ((long)(token.ExpiresAt - options.Time.GetUtcNow()).TotalSeconds).ToString(
                CultureInfo.InvariantCulture),
            ["expires_on"] = token.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["resource"] = query["resource"].ToString(),
            ["token_type"] = "Bearer",
        });
    }
}
