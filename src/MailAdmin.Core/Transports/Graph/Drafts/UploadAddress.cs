namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>
/// The address that the service gives for an upload. It is another host's (outlook.office.com) and a key by itself, so
/// no token goes there; and it must be as secure as the service's own.
/// </summary>
internal static class UploadAddress
{
    private const int MaxLength = 16 * 1024;

    /// <summary>Reads it; null when it cannot be used.</summary>
    public static Uri? Read(string? text, Uri service) =>
        text is { Length: <= MaxLength } && Uri.TryCreate(text, UriKind.Absolute, out var address) &&
        address.Scheme == service.Scheme && address.UserInfo.Length == 0 && address.Host.Length > 0
            ? address
            : null;
}
