using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.TestServices.SignIn;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices.Google;

/// <summary>
/// Google's token service, below <c>/google/</c>: a service account's statement, refresh tokens, device codes.
/// </summary>
internal sealed class GoogleService(
    TestIdentityOptions options, TokenIssuer issuer, DeviceSignIns signIns, Grants grants, GoogleAccount account)
    : ITestService
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/google/token", TokenAsync);
        routes.MapPost("/google/device/code", BeginDeviceAsync);
    }

    private async Task<IResult> TokenAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        return form["grant_type"].ToString() switch
        {
            "urn:ietf:params:oauth:grant-type:jwt-bearer" =>
                ForAccount(form["assertion"].ToString(), $"https://{request.Host}/google/token"),
            "refresh_token" => grants.Find(form["refresh_token"].ToString()) is { } grant
                ? Bearer(grant.User.Name, grant.Scope, refreshToken: null)
                : Refuse("invalid_grant", "Token has been expired or revoked."),
            "urn:ietf:params:oauth:grant-type:device_code" => ForDevice(form["device_code"].ToString()),
            _ => Refuse("unsupported_grant_type", "Invalid grant_type"),
        };
    }

    private IResult ForAccount(string assertion, string here)
    {
        if (assertion.Split('.') is not [var header, var payload, var signature])
        {
            return Refuse("invalid_grant", "Bad Request");
        }

        var claims = JsonNode.Parse(Base64Url.DecodeFromChars(payload))!;
        var isSigned = account.Key.VerifyData(
            Encoding.ASCII.GetBytes($"{header}.{payload}"),
            Base64Url.DecodeFromChars(signature),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1);
        return !isSigned || claims["iss"]!.GetValue<string>() != account.Email
                ? Refuse("invalid_grant", "Invalid JWT Signature.")
            : claims["aud"]!.GetValue<string>() != here
                ? Refuse("invalid_grant", "Invalid JWT: Failed audience check.")
            : claims["sub"] is not { } user
                ? Refuse("unauthorized_client", "Client is unauthorized to retrieve access tokens using this method.")
            : options.Users.All(u => u.Name != user.GetValue<string>())
                ? Refuse("invalid_grant", "Invalid email or User ID")
            : Bearer(user.GetValue<string>(), claims["scope"]!.GetValue<string>(), refreshToken: null);
    }

    private async Task<IResult> BeginDeviceAsync(HttpRequest request)
    {
        var form = await request.ReadFormAsync();
        var signIn = signIns.Begin(
            form["client_id"].ToString(),
            form["scope"].ToString(),
            options.Time.GetUtcNow() + options.DeviceCodeLifetime,
            options.ApproveDeviceCodes);
        return Results.Json(new JsonObject
        {
            ["device_code"] = signIn.DeviceCode,
            ["user_code"] = signIn.UserCode,
            ["verification_url"] = $"https://{request.Host}/device",
            ["expires_in"] = (int)options.DeviceCodeLifetime.TotalSeconds,
            ["interval"] = 1,
        });
    }

    private IResult ForDevice(string deviceCode) => signIns.Find(deviceCode) switch
    {
        null => Refuse("invalid_grant", "Malformed device code."),
        { } signIn when signIn.ExpiresAt <= options.Time.GetUtcNow() => Refuse("expired_token", "Expired"),
        { State: SignInState.Pending } => Refuse("authorization_pending", "Precondition Required", 428),
        { State: SignInState.Declined } => Refuse("access_denied", "Forbidden", 403),
        { } signIn => Bearer(
            options.Users[0].Name,
            signIn.Scope,
            grants.Add("1//", new Grant(signIn.ClientId, options.Users[0], signIn.Scope))),
    };

    private IResult Bearer(string user, string scope, string? refreshToken)
    {
        var token = issuer.IssueOpaque("ya29.", options.Time.GetUtcNow(), new JsonObject
        {
            ["aud"] = scope,
            ["upn"] = user,
        });
        var answer = new JsonObject
        {
            ["access_token"] = token.Value,
            ["expires_in"] = (int)issuer.Lifetime.TotalSeconds,
            ["scope"] = scope,
            ["token_type"] = "Bearer",
        };
        if (refreshToken is not null)
        {
            answer["refresh_token"] = refreshToken;
        }

        return Results.Json(answer);
    }

    private static IResult Refuse(string error, string description, int status = 400) => Results.Json(
        new JsonObject { ["error"] = error, ["error_description"] = description },
        (JsonSerializerOptions?)null,
        statusCode: status);
}
