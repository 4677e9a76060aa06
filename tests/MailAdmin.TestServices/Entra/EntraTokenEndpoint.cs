using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MailAdmin.TestServices.SignIn;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Entra;

/// <summary>The token endpoint: one grant for each flow.</summary>
internal sealed class EntraTokenEndpoint(
    TestIdentityOptions options, EntraTokens tokens, DeviceSignIns signIns, Grants grants)
{
    public async Task<IResult> AnswerAsync(HttpRequest request, string tenant)
    {
        var form = await request.ReadFormAsync();
        if (!options.Knows(tenant))
        {
            return Refuse(
                "invalid_request",
                90002,
                $"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into "
                + "the correct cloud.");
        }

        if (options.Apps.FirstOrDefault(a => a.ClientId == form["client_id"]) is not { } app)
        {
            return Refuse("unauthorized_client", 700016,
                $"Application with identifier '{form["client_id"]}' was not found in the directory 'Contoso'.");
        }

        return form["grant_type"].ToString() switch
        {
            "client_credentials" => ForApp(app, form),
            "authorization_code" => ForCode(app, form),
            "refresh_token" => ForRefreshToken(app, form),
            "device_code" or "urn:ietf:params:oauth:grant-type:device_code" => ForDevice(app, form),
            var other => Refuse(
                "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{other}'."),
        };
    }

    private IResult ForApp(TestApp app, IFormCollection form) =>
        ClientProof.FindFault(app, form) is { } fault
            ? Refuse(fault.Error, fault.Code, fault.Text, 401)
            : Results.Json(Bearer(tokens.ForApp(app, Resource(form["scope"].ToString()))));

    private IResult ForCode(TestApp app, IFormCollection form)
    {
        var verifier = SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()));
        return grants.Take(form["code"].ToString()) is not { } grant
            ? Refuse("invalid_grant", 70008, "The provided authorization code or refresh token has expired.")
            : grant.Challenge != Base64Url.EncodeToString(verifier)
                ? Refuse("invalid_grant", 501481, "The Code_Verifier does not match the code_challenge.")
                : ForUser(app, grant);
    }

    private IResult ForRefreshToken(TestApp app, IFormCollection form) =>
        grants.Find(form["refresh_token"].ToString()) is { } grant
            ? ForUser(app, grant with { Scope = form["scope"].ToString() })
            : Refuse("invalid_grant", 700082, "The refresh token has expired due to inactivity.");

    private IResult ForDevice(TestApp app, IFormCollection form) => signIns.Find(form["device_code"].ToString()) switch
    {
        null => Refuse("bad_verification_code", 70019, "Verification code expired or unknown."),
        { } signIn when signIn.ExpiresAt <= options.Time.GetUtcNow() =>
            Refuse(
                "expired_token",
                70020,
                "The provided value for the input parameter 'device_code' is not valid; it expired."),
        { State: SignInState.Pending } => Refuse("authorization_pending", 70016, "OAuth 2.0 device flow error."),
        { State: SignInState.Declined } => Refuse("authorization_declined", 70018, "The user declined the request."),
        { } signIn => ForUser(app, new Grant(app.ClientId, options.Users[0], signIn.Scope)),
    };

    private IResult ForUser(TestApp app, Grant grant)
    {
        var scope = grant.Scope.Split(' ').First(s => s.Contains("://", StringComparison.Ordinal));
        var answer = Bearer(tokens.ForUser(app, grant.User, Resource(scope), scope[(scope.LastIndexOf('/') + 1)..]));
        answer["scope"] = scope;
        answer["refresh_token"] = grants.Add("0.ARoA", grant with { Challenge = null });
        answer["id_token"] = tokens.IdToken(app, grant.User);
        answer["client_info"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            new JsonObject { ["uid"] = grant.User.ObjectId, ["utid"] = options.Tenant }.ToJsonString()));
        return Results.Json(answer);
    }

    private JsonObject Bearer(IssuedToken token)
    {
        var left = (long)Math.Round((token.ExpiresAt - options.Time.GetUtcNow()).TotalSeconds);
        return new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = left,
            ["ext_expires_in"] = left,
            ["access_token"] = token.Value,
        };
    }

    private IResult Refuse(string error, int code, string text, int status = 400) =>
        EntraError.Answer(error, code, text, options.Time.GetUtcNow(), status);

    private static string Resource(string scope) => scope[..scope.LastIndexOf('/')];
}
