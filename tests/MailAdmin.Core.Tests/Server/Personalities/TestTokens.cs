using System.Text;
using System.Text.Json;

namespace MailAdmin.Tests.Server.Personalities;

/// <summary>Makes access tokens that nobody has signed.</summary>
internal static class TestTokens
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 10, 0, 0, TimeSpan.Zero);

    /// <summary>A token of an app, good for one hour, with claims changed; null takes one out.</summary>
    public static string Create(params (string Name, object? Value)[] changes)
    {
        var claims = new Dictionary<string, object>
        {
            ["aud"] = "https://outlook.office365.com",
            ["nbf"] = Now.AddMinutes(-1).ToUnixTimeSeconds(),
            ["exp"] = Now.AddHours(1).ToUnixTimeSeconds(),
            ["roles"] = new[] { "SMTP.SendAsApp" },
        };
        foreach (var (name, value) in changes)
        {
            claims.Remove(name);
            if (value is not null)
            {
                claims[name] = value;
            }
        }

        return $"{Encode("""{"alg":"RS256","typ":"JWT"}""")}.{Encode(JsonSerializer.Serialize(claims))}.c2ln";
    }

    /// <summary>The argument of XOAUTH2.</summary>
    public static string Argument(string user, string token) =>
        Base64($"user={user}\u0001auth=Bearer {token}\u0001\u0001");

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static string Encode(string text) => Base64(text).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
