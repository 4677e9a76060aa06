using System.Text.Json.Nodes;
using MailAdmin.TestServices.Tokens;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Graph;

/// <summary>Says whether a token lets somebody do something in a mailbox, as the real service does.</summary>
internal sealed class GraphAccess(TestIdentityOptions options, TokenIssuer tokens)
{
    private const string Audience = "https://graph.microsoft.com";

    /// <summary>The refusal; null when the token is good.</summary>
    public IResult? Refuse(HttpRequest request, string mailbox, string permission)
    {
        if (request.Headers.Authorization.ToString() is not ['B', 'e', 'a', 'r', 'e', 'r', ' ', .. var value] ||
            tokens.Find(value) is not { } token)
        {
            return GraphError.Answer(
                401, "InvalidAuthenticationToken", "CompactToken parsing failed with error code: 80049217");
        }

        if (token.ExpiresAt <= options.Time.GetUtcNow())
        {
            return GraphError.Answer(
                401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        }

        if (token.Audience.TrimEnd('/') != Audience)
        {
            return GraphError.Answer(
                401, "InvalidAuthenticationToken", "Access token validation failure. Invalid audience.");
        }

        if (!Permissions(token).Contains(permission, StringComparer.OrdinalIgnoreCase))
        {
            return GraphError.Answer(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.");
        }

        if (!options.Users.Any(u => Is(u, mailbox)))
        {
            return GraphError.Answer(404, "ErrorInvalidUser", $"The requested user '{mailbox}' is invalid.");
        }

        return token.User is { } user && !user.Equals(mailbox, StringComparison.OrdinalIgnoreCase)
            ? GraphError.Answer(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again.")
            : null;
    }

    private static bool Is(TestUser user, string mailbox) =>
        user.Name.Equals(mailbox, StringComparison.OrdinalIgnoreCase) || user.ObjectId == mailbox;

    private static IEnumerable<string> Permissions(IssuedToken token) =>
        token.Claims["roles"] is JsonArray roles
            ? roles.Select(r => r!.GetValue<string>())
            : (token.Claims["scp"]?.GetValue<string>() ?? "").Split(' ');
}
