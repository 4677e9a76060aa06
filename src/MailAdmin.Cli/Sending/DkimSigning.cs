using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Dkim;

namespace MailAdmin.Cli.Sending;

/// <summary>A key with what it signs as.</summary>
/// <param name="key">The private key.</param>
/// <param name="domain">The signing domain; null for the author's.</param>
/// <param name="selector">The selector.</param>
/// <param name="time">The clock.</param>
internal sealed class DkimSigning(DkimKey key, string? domain, string selector, TimeProvider time)
{
    /// <summary>The signed message, and what the user should know about the signature.</summary>
    /// <param name="message">What is signed.</param>
    /// <param name="author">Its author; null when it names none that can be read.</param>
    public (IMessageWriter Signed, IReadOnlyList<string> Warnings) Sign(IMessageWriter message, EmailAddress? author)
    {
        var signing = domain ?? author?.Domain.Ascii ?? throw CliException.Usage(
            "The message does not say which domain is to sign it.", "Add --dkim-domain.");
        var signer = new DkimSigner(signing, selector, key, time);
        string?[] warnings = [key.Warning, author is null ? null : signer.WarningFor(author)];
        return (signer.Sign(message), [.. warnings.OfType<string>()]);
    }
}
