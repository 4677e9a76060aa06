using System.Security.Cryptography;
using System.Text.Json;
using MailAdmin.Identity.Caching;

namespace MailAdmin.Identity.Google;

/// <summary>The tokens of Google in the cache, each under what it was asked for with.</summary>
internal sealed class GoogleTokenCache(TokenCacheFile? file, TokenSettings settings)
{
    private readonly string _key = Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(settings)));

    public KeptToken? Find() => file is null ? null : All(file.Read()).GetValueOrDefault(_key);

    public void Keep(KeptToken token, DateTimeOffset now) => file?.Update(octets =>
    {
        var all = All(octets);
        foreach (var (key, old) in all.Where(p => p.Value.ExpiresAt < now && p.Value.RefreshToken is null).ToArray())
        {
            all.Remove(key);
        }

        all[_key] = token;
        return JsonSerializer.SerializeToUtf8Bytes(all);
    });

    private static Dictionary<string, KeptToken> All(byte[] octets)
    {
        try
        {
            return octets.Length == 0 ? [] : JsonSerializer.Deserialize<Dictionary<string, KeptToken>>(octets) ?? [];
        }
        catch (JsonException)
        {
            // A cache that was damaged is an empty one.
            return [];
        }
    }
}
