using System.Text;
using System.Text.Unicode;
using MailAdmin.Addressing;

namespace MailAdmin.Identity.Inspection;

/// <summary>
/// Takes the argument of XOAUTH2 or OAUTHBEARER apart, as far as it goes, and says what is wrong with it.
/// <code>
/// base64( "user=" address ^A "auth=Bearer " token ^A ^A )                          XOAUTH2
/// base64( "n,a=" address ",^A" *( key "=" value ^A ) "auth=Bearer " token ^A ^A )  OAUTHBEARER
/// </code>
/// </summary>
internal sealed record BearerArgument
{
    private const char Separator = '\u0001';
    private const string Bearer = "Bearer";

    // The GS2 header without channel binding (RFC 5801 §4).
    private const string OAuthBearerStart = "n,";

    public required TokenForm Form { get; init; }

    public string? User { get; init; }

    public string? Token { get; init; }

    public TokenFinding? Fault { get; init; }

    /// <summary>
    /// Reads base64, as it stands behind AUTH XOAUTH2 or, unless that is ruled out, AUTH OAUTHBEARER.
    /// </summary>
    public static BearerArgument FromBase64(string base64, bool isXOAuth2 = false)
    {
        var octets = new byte[base64.Length];
        if (base64.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(base64, octets, out var length))
        {
            return Wrong(XOAuth2Fault.NotBase64, "NotBase64Line");
        }

        var content = octets.AsSpan(0, length);
        return !Utf8.IsValid(content) ? Wrong(XOAuth2Fault.Layout, "NotUtf8")
            : isXOAuth2 ? ReadXOAuth2(Encoding.UTF8.GetString(content))
            : Read(Encoding.UTF8.GetString(content));
    }

    /// <summary>Reads what the base64 holds.</summary>
    public static BearerArgument Read(string text) =>
        text.StartsWith(OAuthBearerStart, StringComparison.Ordinal) ? ReadOAuthBearer(text) : ReadXOAuth2(text);

    private static BearerArgument ReadXOAuth2(string text)
    {
        if (text.Split(Separator) is not [var user, var auth, "", ""] || AuthOf(auth) is not { } value)
        {
            return Wrong(XOAuth2Fault.Layout, DescribeLayout(text));
        }

        const string Field = "user=";
        if (!user.StartsWith(Field, StringComparison.Ordinal) || user.Length == Field.Length)
        {
            return Wrong(XOAuth2Fault.UserMissing, "NoUser");
        }

        var name = user[Field.Length..];
        if (!EmailAddress.TryParse(name, out _, out _))
        {
            return Wrong(XOAuth2Fault.UserInvalid, "NotAnAddress", PrintableName(name)) with { User = name };
        }

        return ReadAuth(value) with { User = name };
    }

    private static BearerArgument ReadOAuthBearer(string text)
    {
        var parts = text.Split(Separator);
        var auth = parts.Skip(1).Select(AuthOf).FirstOrDefault(value => value is not null);
        if (parts.Length < 4 || parts[^1].Length > 0 || parts[^2].Length > 0 || auth is null)
        {
            return Wrong(XOAuth2Fault.Layout, "OAuthBearerBroken") with
            {
                Form = TokenForm.OAuthBearer,
            };
        }

        var header = parts[0].Split(',').FirstOrDefault(field => field.StartsWith("a=", StringComparison.Ordinal));
        return ReadAuth(auth) with
        {
            Form = TokenForm.OAuthBearer,
            User = header?[2..].Replace("=2C", ",", StringComparison.Ordinal).Replace(
                "=3D", "=", StringComparison.Ordinal),
        };
    }

    private static BearerArgument ReadAuth(string value)
    {
        var space = value.IndexOf(' ', StringComparison.Ordinal);
        var scheme = space < 0 ? value : value[..space];
        var token = space < 0 ? "" : value[(space + 1)..];
        var isBearer = scheme.Equals(Bearer, StringComparison.OrdinalIgnoreCase);
        if (!isBearer && !value.Trim().Equals(Bearer, StringComparison.OrdinalIgnoreCase))
        {
            return Wrong(XOAuth2Fault.BearerMissing, "NoBearer");
        }

        return !isBearer || string.IsNullOrWhiteSpace(token)
            ? Wrong(XOAuth2Fault.TokenMissing, "NothingBehindBearer")
            : new BearerArgument { Form = TokenForm.XOAuth2, Token = token };
    }

    private static string? AuthOf(string field) =>
        field.StartsWith("auth=", StringComparison.Ordinal) ? field["auth=".Length..] : null;

    private static BearerArgument Wrong(XOAuth2Fault fault, string detail, params string[] arguments) =>
        new() { Form = TokenForm.XOAuth2, Fault = fault.ToFinding(detail, arguments) };

    // What went wrong most often, as far as it can be told.
    private static string DescribeLayout(string text)
    {
        if (text.Length == 0)
        {
            return "Empty";
        }

        if (text.StartsWith(OAuthBearerStart, StringComparison.Ordinal))
        {
            return "IsOAuthBearer";
        }

        if (TryDecode(text) is { } again && again.StartsWith("user=", StringComparison.Ordinal))
        {
            return "EncodedTwice";
        }

        return text.Contains(Separator, StringComparison.Ordinal)
            ? text.EndsWith("\u0001\u0001", StringComparison.Ordinal)
                ? "PartsOutOfPlace"
                : "EndMissing"
            : text.Contains("^A", StringComparison.Ordinal) || text.Contains("\\x01", StringComparison.Ordinal)
                ? "SeparatorWrittenOut"
            : "SeparatorMissing";
    }

    private static string? TryDecode(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length)
            ? Encoding.UTF8.GetString(octets, 0, length)
            : null;
    }

    private static string PrintableName(string name)
    {
        const int Most = 80;
        var text = new string([.. name.Take(Most).Select(c => char.IsControl(c) ? '\ufffd' : c)]);
        return name.Length > Most ? text + "…" : text;
    }
}
