using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using MailAdmin.Addressing;

namespace MailAdmin.Server.Personalities;

/// <summary>
/// Looks at the argument of XOAUTH2 as High Volume Email does, which names what is wrong with it:
/// <code>base64( "user=" address ^A "auth=Bearer " token ^A ^A )</code>
/// </summary>
internal static class XOAuth2Argument
{
    private const char Separator = '\u0001';
    private const string UserField = "user=";
    private const string AuthField = "auth=";
    private const string Scheme = "Bearer";
    private const string BearerMissing = "501 5.5.125 Invalid XOAUTH2 argument, Bearer is missing";
    private const string TokenMissing = "501 5.5.126 Invalid XOAUTH2 argument, the token is missing";

    /// <summary>The refusal, without the mark behind it; null when the argument is well-formed.</summary>
    public static string? FindFault(string argument)
    {
        var octets = new byte[Base64.GetMaxDecodedFromUtf8Length(argument.Length)];
        if (argument.AsSpan().ContainsAny(' ', '\t') ||
            !Convert.TryFromBase64String(argument, octets, out var length))
        {
            return "501 5.5.121 Invalid XOAUTH2 argument, it is not base64 encoded";
        }

        if (!Utf8.IsValid(octets.AsSpan(0, length)) ||
            Encoding.UTF8.GetString(octets, 0, length).Split(Separator) is not [var user, var auth, "", ""] ||
            !auth.StartsWith(AuthField, StringComparison.Ordinal))
        {
            return "501 5.5.122 Invalid XOAUTH2 argument, its layout is wrong";
        }

        return FindFaultOfUser(user) ?? FindFaultOfToken(auth[AuthField.Length..]);
    }

    private static string? FindFaultOfUser(string field) =>
        !field.StartsWith(UserField, StringComparison.Ordinal) || field.Length == UserField.Length
            ? "501 5.5.123 Invalid XOAUTH2 argument, the user is missing"
        : !EmailAddress.TryParse(field[UserField.Length..], out _, out _)
            ? "501 5.5.124 Invalid XOAUTH2 argument, the user is invalid"
        : null;

    private static string? FindFaultOfToken(string value) =>
        value.Split(' ', 2) is not [var scheme, var token] || !scheme.Equals(Scheme, StringComparison.OrdinalIgnoreCase)
            ? value.Trim().Equals(Scheme, StringComparison.OrdinalIgnoreCase) ? TokenMissing : BearerMissing
        : string.IsNullOrWhiteSpace(token) ? TokenMissing
        : null;
}
