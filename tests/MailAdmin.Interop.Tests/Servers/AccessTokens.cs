using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Servers;

/// <summary>
/// Issues access tokens (JWT, RFC 7519, signed with HS256) that Dovecot checks by itself, so that XOAUTH2 and
/// OAUTHBEARER meet a real server.
/// </summary>
public sealed class AccessTokens
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    /// <summary>Puts the key where Dovecot looks it up: by algorithm, and the key's id, which is the default.</summary>
    public AccessTokens(TestDirectory directory)
    {
        KeyDirectory = directory.Subdirectory("dovecot/keys");
        directory.Subdirectory("dovecot/keys/default");
        directory.Subdirectory("dovecot/keys/default/HS256");
        directory.Write("dovecot/keys/default/HS256/default", Convert.ToBase64String(_key));
    }

    internal string KeyDirectory { get; }

    /// <summary>A token for this user that ends after <paramref name="lifetime"/>, an hour by default.</summary>
    public string Issue(string user, TimeSpan? lifetime = null)
    {
        var now = DateTimeOffset.UtcNow;
        var issued = now.AddDays(-1).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var end = (now + (lifetime ?? TimeSpan.FromHours(1))).ToUnixTimeSeconds()
            .ToString(CultureInfo.InvariantCulture);
        var content = Encode("""{"alg":"HS256","typ":"JWT"}""") + "." +
            Encode($$"""{"sub":"{{user}}","iat":{{issued}},"nbf":{{issued}},"exp":{{end}}}""");
        return content + "." + Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(content)));
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
