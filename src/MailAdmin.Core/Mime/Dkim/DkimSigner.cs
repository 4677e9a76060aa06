using System.Buffers;
using MailAdmin.Addressing;

namespace MailAdmin.Mime.Dkim;

/// <summary>
/// Signs messages as rsa-sha256 with relaxed canonicalisation of header and body (RFC 6376). All fields that readers
/// see are signed, From once more than it occurs, so that nobody can add another one.
/// </summary>
public sealed class DkimSigner
{
    private const int MaxSelector = 63;

    private static readonly SearchValues<char> SelectorChars =
        SearchValues.Create("-_.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <summary>Creates a signer.</summary>
    /// <param name="domain">The domain that takes responsibility (d=).</param>
    /// <param name="selector">The selector (s=): the key is published at <c>selector._domainkey.domain</c>.</param>
    /// <param name="key">The private key; the caller disposes it.</param>
    /// <param name="clock">Where the time of signing comes from; null is the system's clock.</param>
    /// <exception cref="MessageException">InvalidDkimDomain or InvalidDkimSelector.</exception>
    public DkimSigner(string domain, string selector, DkimKey key, TimeProvider? clock = null)
    {
        if (!DomainName.TryParse(domain, out var name, out var reason) || name.IsLiteral)
        {
            throw new MessageException(
                "InvalidDkimDomain",
                MailErrorKind.InvalidInput,
                $"The DKIM domain is not a domain name: {(reason.Length > 0 ? reason : "it is an address literal")}.",
                "Give the domain under which the key is published, such as example.com.");
        }

        if (selector.Length is 0 or > MaxSelector || selector.AsSpan().ContainsAnyExcept(SelectorChars) ||
            selector.Split('.').Any(l => l.Length == 0))
        {
            throw new MessageException(
                "InvalidDkimSelector",
                MailErrorKind.InvalidInput,
                $"The DKIM selector is empty, longer than {MaxSelector} characters or has a character that no " +
                "host name has.",
                "Give the selector alone: 's1' for a key at s1._domainkey.example.com.");
        }

        Domain = name;
        Selector = selector;
        Key = key;
        Clock = clock ?? TimeProvider.System;
    }

    /// <summary>The domain that takes responsibility (d=).</summary>
    public DomainName Domain { get; }

    /// <summary>The selector (s=).</summary>
    public string Selector { get; }

    internal DkimKey Key { get; }

    internal TimeProvider Clock { get; }

    /// <summary>The message, signed each time it is prepared. To hash it, its content is read once more.</summary>
    public IMessageWriter Sign(IMessageWriter message) => new DkimSignedMessage(message, this);

    /// <summary>
    /// What is to be said when the author's domain is neither the signing domain nor above or below it, as the
    /// signature then does nothing for DMARC (RFC 7489 §3.1.1); else null.
    /// </summary>
    public string? WarningFor(EmailAddress author)
    {
        var from = author.Domain.Ascii;
        return IsWithin(from, Domain.Ascii) || IsWithin(Domain.Ascii, from)
            ? null
            : $"The DKIM domain {Domain.Unicode} does not cover the sender's domain {author.Domain.Unicode}; the " +
              "signature does not count for DMARC.";
    }

    private static bool IsWithin(string name, string domain) =>
        name.Equals(domain, StringComparison.OrdinalIgnoreCase) ||
        name.EndsWith("." + domain, StringComparison.OrdinalIgnoreCase);
}
