using System.Buffers.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace MailAdmin.TestServices.Entra;

/// <summary>Whether an application is who it says: by its secret, its certificate or another issuer's token.</summary>
internal static class ClientProof
{
    private const string Assertion = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    /// <summary>The refusal; null when the proof is good.</summary>
    public static (string Error, int Code, string Text)? FindFault(TestApp app, IFormCollection form)
    {
        if (form["client_assertion_type"] == Assertion)
        {
            return FindFaultOfAssertion(app, form["client_assertion"].ToString());
        }

        return form["client_secret"] != app.Secret
            ? ("invalid_client", 7000215,
                "Invalid client secret provided. Ensure the secret being sent in the request is the client secret "
                + $"value, not the client secret ID, for a secret added to app '{app.ClientId}'.")
            : app.SecretExpired
                ? ("invalid_client", 7000222, $"The provided client secret keys for app '{app.ClientId}' are expired.")
                : null;
    }

    private static (string Error, int Code, string Text)? FindFaultOfAssertion(TestApp app, string assertion)
    {
        if (assertion.Split('.') is not [var header, var payload, _])
        {
            return ("invalid_client", 50027, "JWT token is invalid or malformed.");
        }

        var (head, claims) = (Decoded(header), Decoded(payload));
        var thumbprint = head["x5t#S256"] ?? head["x5t"];
        if (thumbprint is not null)
        {
            var hex = Convert.ToHexString(Base64Url.DecodeFromChars(thumbprint.GetValue<string>()));
            return app.CertificateThumbprints.Contains(hex, StringComparer.OrdinalIgnoreCase)
                ? null
                : ("invalid_client", 700027,
                    "The certificate with identifier used to sign the client assertion is not registered on "
                    + $"application. [Reason - The key was not found., Thumbprint of key used by client: '{hex}']");
        }

        return claims["sub"]?.GetValue<string>() == app.FederatedSubject && app.FederatedSubject is not null
            ? null
            : ("invalid_client", 700213,
                "No matching federated identity record found for presented assertion subject "
                + $"'{claims["sub"]}'. Check your federated identity credential Subject, Audience and Issuer.");
    }

    private static JsonNode Decoded(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!;
}
