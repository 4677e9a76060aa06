using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MailAdmin.Identity.Google;

/// <summary>The signed statement with which a service account asks for a token (RFC 7523 §3, RS256).</summary>
internal static class ServiceAccountAssertion
{
    // The most that Google takes.
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <exception cref="TokenException">The key cannot be used.</exception>
    public static string Sign(TokenSettings settings, string privateKey, Uri audience, DateTimeOffset now)
    {
        var claims = new Dictionary<string, object>
        {
            ["iss"] = settings.ServiceAccount!,
            ["scope"] = string.Join(' ', TokenScopes.Of(settings)),
            ["aud"] = audience.AbsoluteUri,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + Lifetime).ToUnixTimeSeconds(),
        };
        if (settings.User is { } user)
        {
            claims["sub"] = user;
        }

        var header = new Dictionary<string, object> { ["alg"] = "RS256", ["typ"] = "JWT" };
        if (settings.KeyId is { } id)
        {
            header["kid"] = id;
        }

        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        using var key = RSA.Create();
        try
        {
            key.ImportFromPem(privateKey);
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new TokenException(
                "TokenFileUnusable",
                MailErrorKind.InvalidInput,
                "The private key of the service account cannot be used.",
                "Download the key file (JSON) of the service account again, and pass it unchanged.",
                e);
        }

        var signature = key.SignData(
            Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url(signature)}";
    }

    private static string Encoded(Dictionary<string, object> value) =>
        Base64Url(JsonSerializer.SerializeToUtf8Bytes(value));

    private static string Base64Url(byte[] octets) =>
        Convert.ToBase64String(octets).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
