using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace MailAdmin.Server;

/// <summary>CRAM-MD5 (RFC 2195): a challenge, then <c>user SP hex(HMAC-MD5(password, challenge))</c>.</summary>
internal sealed class CramMd5Login(string challenge) : LoginExchange
{
    private readonly byte[] _challenge = Encoding.ASCII.GetBytes(challenge);
    private bool _asked;

    public override LoginStep Respond(byte[]? response)
    {
        if (!_asked)
        {
            _asked = true;
            return response is null ? LoginStep.Ask(_challenge) : LoginStep.Malformed;
        }

        if (response is null || !Utf8.IsValid(response))
        {
            return LoginStep.Malformed;
        }

        var text = Encoding.UTF8.GetString(response);
        var space = text.LastIndexOf(' ');
        return space <= 0
            ? LoginStep.Malformed
            : LoginStep.Done(new SmtpLogin(
                "CRAM-MD5", text[..space], password => IsDigestOf(text[(space + 1)..], password)));
    }

    [SuppressMessage("Security", "CA5351", Justification = "The mechanism prescribes MD5.")]
    private bool IsDigestOf(string digest, string password)
    {
        var expected = Convert.ToHexString(HMACMD5.HashData(Encoding.UTF8.GetBytes(password), _challenge));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.ASCII.GetBytes(expected.ToLowerInvariant()), Encoding.UTF8.GetBytes(digest));
    }
}
