using System.Text;

namespace MailAdmin.Net;

/// <summary>The login in a proxy's address, in octets as they are sent.</summary>
internal sealed class ProxyLogin
{
    // RFC 1929 gives each field one octet for its length.
    private const int MaxLength = 255;

    private ProxyLogin(byte[] user, byte[] password)
    {
        User = user;
        Password = password;
    }

    public byte[] User { get; }

    public byte[] Password { get; }

    /// <summary>Null when the address holds no login.</summary>
    /// <exception cref="DialOptionsException">A field is too long, empty, or cannot be told apart.</exception>
    public static ProxyLogin? From(Uri proxy)
    {
        if (proxy.UserInfo.Length == 0)
        {
            return null;
        }

        var colon = proxy.UserInfo.IndexOf(':', StringComparison.Ordinal);
        var user = Decode(colon < 0 ? proxy.UserInfo : proxy.UserInfo[..colon]);
        var password = Decode(colon < 0 ? "" : proxy.UserInfo[(colon + 1)..]);
        return user.Length is > 0 and <= MaxLength && password.Length <= MaxLength && !user.Contains((byte)':')
            ? new ProxyLogin(user, password)
            : throw new DialOptionsException(
                "InvalidProxy",
                "The login in the proxy's address cannot be used: a user name has 1 to 255 octets and no colon, a "
                + "password up to 255.",
                "Correct the proxy's address.");
    }

    private static byte[] Decode(string text) => Encoding.UTF8.GetBytes(Uri.UnescapeDataString(text));
}
