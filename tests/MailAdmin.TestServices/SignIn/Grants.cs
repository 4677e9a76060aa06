using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace MailAdmin.TestServices.SignIn;

/// <summary>Codes and refresh tokens that were handed out.</summary>
internal sealed class Grants
{
    private readonly ConcurrentDictionary<string, Grant> _all = new(StringComparer.Ordinal);

    /// <summary>The secrets that are good.</summary>
    public IEnumerable<string> All => _all.Keys;

    /// <summary>Hands out a secret that stands for this.</summary>
    public string Add(string prefix, Grant grant)
    {
        var secret = prefix + RandomNumberGenerator.GetHexString(64);
        _all[secret] = grant;
        return secret;
    }

    /// <summary>What a refresh token stands for; null when it is not one of ours.</summary>
    public Grant? Find(string secret) => _all.GetValueOrDefault(secret);

    /// <summary>What a code stands for, which is then used up.</summary>
    public Grant? Take(string secret) => _all.TryRemove(secret, out var grant) ? grant : null;

    /// <summary>Revokes everything.</summary>
    public void Clear() => _all.Clear();
}
