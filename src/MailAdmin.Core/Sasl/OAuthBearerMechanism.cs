using System.Globalization;

namespace MailAdmin.Sasl;

/// <summary>
/// OAUTHBEARER (RFC 7628 §3.1): a GS2 header (RFC 5801 §4), then key=value pairs that each end in ^A. An error is
/// answered with a single ^A (§3.2.3).
/// </summary>
internal sealed class OAuthBearerMechanism(string user, string token, string host, int port)
    : BearerMechanism(
        "OAUTHBEARER",
        string.Create(
            CultureInfo.InvariantCulture, $"n,a={SaslName.Escape(user)},\u0001host={host}\u0001port={port}\u0001"),
        token,
        [1]);
