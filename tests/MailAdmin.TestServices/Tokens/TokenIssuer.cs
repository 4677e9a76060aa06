using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.TestServices.Tokens;

/// <summary>Makes signed tokens (RFC 7519, RS256), and remembers those that it made.</summary>
public sealed class TokenIssuer : IDisposable
{
    private const string KeyId = "mailadmin-test-key";
    private readonly RSA _key = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IssuedToken> _issued = new(StringComparer.Ordinal);

    /// <summary>All access tokens so far, in no order.</summary>
    public ICollection<IssuedToken> Issued => _issued.Values;

    /// <summary>How long access tokens live from now on.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The access token with this text; null when it is not one of ours.</summary>
    public IssuedToken? Find(string value) => _issued.GetValueOrDefault(value);

    /// <summary>Signs an access token and remembers it.</summary>
    /// <param name="claims">What it says; <c>exp</c> among it.</param>
    public IssuedToken Issue(JsonObject claims)
    {
        // No two are the same, even within one second.
        claims["uti"] = Guid.NewGuid().ToString("N");
        var token = new IssuedToken(
            Sign(claims), claims, DateTimeOffset.FromUnixTimeSeconds(claims["exp"]!.GetValue<long>()));
        _issued[token.Value] = token;
        return token;
    }

    /// <summary>Makes an access token that says nothing by itself, as Google's, and remembers it.</summary>
    public IssuedToken IssueOpaque(string prefix, DateTimeOffset now, JsonObject claims)
    {
        var token = new IssuedToken(prefix + RandomNumberGenerator.GetHexString(120), claims, now + Lifetime);
        return _issued[token.Value] = token;
    }

    /// <summary>Signs claims, and forgets them.</summary>
    public string Sign(JsonObject claims)
    {
        var header = new JsonObject { ["typ"] = "JWT", ["alg"] = "RS256", ["kid"] = KeyId };
        var signed = $"{Encoded(header)}.{Encoded(claims)}";
        var signature = _key.SignData(
            System.Text.Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>The public key as a JSON Web Key Set (RFC 7517).</summary>
    public JsonObject KeySet()
    {
        var parameters = _key.ExportParameters(includePrivateParameters: false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = KeyId,
                ["n"] = Base64Url.EncodeToString(parameters.Modulus),
                ["e"] = Base64Url.EncodeToString(parameters.Exponent),
            }),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _key.Dispose();

    private static string Encoded(JsonObject value) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
