using System.Net;
using MailAdmin.Smtp;

namespace MailAdmin.Probes;

/// <summary>
/// Finds the client's address in what servers say: <c>250-mx.example.com Hello [192.0.2.7]</c> of Exchange, Exim,
/// Gmail and others, and the brackets of refusals (RFC 5321 §4.1.3 for the literal's form).
/// </summary>
internal static class ClientAddressFinder
{
    private const string SixPrefix = "IPv6:";

    /// <summary>The address that the server saw; null when it does not say.</summary>
    /// <param name="ehlo">The reply to EHLO.</param>
    /// <param name="refusal">The reply that refused the mail, if one did.</param>
    /// <param name="own">
    /// How this side named itself and addresses of the server: a server may repeat these without having seen them.
    /// </param>
    public static IPAddress? Find(SmtpReply? ehlo, SmtpReply? refusal, IReadOnlySet<IPAddress> own) =>
        InText(ehlo?.Lines.FirstOrDefault()).Concat(InText(refusal?.Text)).FirstOrDefault(a => !own.Contains(a));

    private static IEnumerable<IPAddress> InText(string? text)
    {
        for (var at = 0; text is not null && (at = text.IndexOf('[', at)) >= 0; at++)
        {
            var end = text.IndexOf(']', at);
            if (end < 0)
            {
                yield break;
            }

            var literal = text[(at + 1)..end];
            var bare = literal.StartsWith(SixPrefix, StringComparison.OrdinalIgnoreCase)
                ? literal[SixPrefix.Length..]
                : literal;

            // IPAddress takes '7' and '0x7f.1' as well.
            if ((bare.Contains(':', StringComparison.Ordinal) || bare.Count(c => c == '.') == 3) &&
                IPAddress.TryParse(bare, out var address))
            {
                yield return address;
            }
        }
    }
}
