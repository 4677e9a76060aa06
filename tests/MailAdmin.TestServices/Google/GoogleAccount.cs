using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MailAdmin.TestServices.Google;

/// <summary>The service account that the test provider knows.</summary>
public sealed class GoogleAccount : IDisposable
{
    internal RSA Key { get; } = RSA.Create(2048);

    /// <summary>Its address.</summary>
    public string Email => "mailer@test-project.iam.gserviceaccount.com";

    /// <summary>Its key file, as Google would hand it out.</summary>
    public string KeyFile => new JsonObject
    {
        ["type"] = "service_account",
        ["project_id"] = "test-project",
        ["private_key_id"] = "0123456789abcdef0123456789abcdef01234567",
        ["private_key"] = Key.ExportPkcs8PrivateKeyPem() + "\n",
        ["client_email"] = Email,
        ["client_id"] = "123456789012345678901",
        ["token_uri"] = "https://oauth2.googleapis.com/token",
    }.ToJsonString();

    /// <inheritdoc/>
    public void Dispose() => Key.Dispose();
}
