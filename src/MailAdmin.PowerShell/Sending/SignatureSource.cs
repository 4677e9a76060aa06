using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Dkim;
using MailAdmin.PowerShell.Hosting;

namespace MailAdmin.PowerShell.Sending;

/// <summary>Signs messages with DKIM if the user asks for it.</summary>
internal sealed class SignatureSource : IDisposable
{
    private readonly DkimKey? _key;
    private readonly DkimSigning? _signing;

    private SignatureSource(DkimKey? key, DkimSigning? signing)
    {
        _key = key;
        _signing = signing;
    }

    /// <summary>Reads the key.</summary>
    /// <param name="cmdlet">From whose location the path starts.</param>
    /// <param name="keyPath">The key's file as it was typed; null when there is nothing to sign with.</param>
    /// <param name="domain">The signing domain; null for the author's.</param>
    /// <param name="selector">The selector.</param>
    /// <exception cref="MailException">One is given without the other, or the key cannot be used.</exception>
    public static SignatureSource Open(AsyncPSCmdlet cmdlet, string? keyPath, string? domain, string? selector)
    {
        if (keyPath is null && domain is null && selector is null)
        {
            return new SignatureSource(null, null);
        }

        if (keyPath is null || selector is null)
        {
            throw new InputException(
                "DkimIncomplete", "DKIM needs a key and a selector.", "Use both -DkimKey and -DkimSelector.");
        }

        var path = FilePaths.Full(cmdlet.SessionState, keyPath);
        var key = cmdlet.Await(token => DkimKey.FromPemFileAsync(path, token).AsTask());
        return new SignatureSource(key, new DkimSigning(key, domain, selector));
    }

    /// <summary>The message to send, and what the user should know about its signature.</summary>
    public (IMessageWriter Signed, IReadOnlyList<string> Warnings) Sign(IMessageWriter message, EmailAddress? author) =>
        _signing?.Sign(message, author) ?? (message, []);

    /// <inheritdoc/>
    public void Dispose() => _key?.Dispose();
}
