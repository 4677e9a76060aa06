using System.Text.Json;

namespace MailAdmin.Identity.Google;

/// <summary>The file that Google hands out with a service account: its address and its private key.</summary>
/// <param name="Account">The e-mail address of the account.</param>
/// <param name="KeyId">The key's id; null when it is not said.</param>
/// <param name="PrivateKey">The private key in PEM form: a secret.</param>
public sealed record ServiceAccountKey(string Account, string? KeyId, string PrivateKey)
{
    private const int LongestFile = 64 * 1024;

    /// <summary>Reads the file.</summary>
    /// <exception cref="TokenException">It cannot be read, or is no key of a service account.</exception>
    public static ServiceAccountKey Load(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LongestFile)
            {
                throw Unusable(path, "it is too long", null);
            }

            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && Text(root, "type") == "service_account"
                && Text(root, "client_email") is { } account
                && Text(root, "private_key") is { } key
                    ? new ServiceAccountKey(account, Text(root, "private_key_id"), key)
                    : throw Unusable(path, "it is not the key of a service account", null);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unusable(path, e.Message, e);
        }
        catch (JsonException)
        {
            // Its message may quote what stands in the file.
            throw Unusable(path, "it is not JSON", null);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Account;

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static TokenException Unusable(string path, string reason, Exception? cause) => new(
        "TokenFileUnusable",
        MailErrorKind.NotFound,
        $"The file '{path}' cannot be used as the key of a service account: {reason}.",
        "Download the key in the Google Cloud console (IAM, service accounts, keys) in the form JSON.",
        cause);
}
