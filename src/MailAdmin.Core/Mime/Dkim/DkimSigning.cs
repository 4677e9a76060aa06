using MailAdmin.Addressing;

namespace MailAdmin.Mime.Dkim;

/// <summary>A key with what it signs as, for messages of different authors.</summary>
/// <param name="key">The private key; the caller disposes it.</param>
/// <param name="domain">The signing domain; null for that of each message's author.</param>
/// <param name="selector">The selector.</param>
/// <param name="clock">Where the time of signing comes from; null is the system's clock.</param>
public sealed class DkimSigning(DkimKey key, string? domain, string selector, TimeProvider? clock = null)
{
    /// <summary>The signed message, and what the user should know about the signature.</summary>
    /// <param name="message">What is signed.</param>
    /// <param name="author">Its author; null when it names none that can be read.</param>
    /// <exception cref="MessageException">NoDkimDomain, or as the constructor of <see cref="DkimSigner"/>.</exception>
    public (IMessageWriter Signed, IReadOnlyList<string> Warnings) Sign(IMessageWriter message, EmailAddress? author)
    {
        var signing = domain ?? author?.Domain.Ascii ?? throw new MessageException(
            "NoDkimDomain",
            MailErrorKind.InvalidInput,
            "The message does not say which domain is to sign it.",
            "Name the domain under which the DKIM key is published.");
        var signer = new DkimSigner(signing, selector, key, clock);
        string?[] warnings = [key.Warning, author is null ? null : signer.WarningFor(author)];
        return (signer.Sign(message), [.. warnings.OfType<string>()]);
    }
}
