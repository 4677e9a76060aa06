namespace MailAdmin.Transports.Methods;

/// <summary>A server that devices are found set up with, and what is to be said about it.</summary>
/// <param name="Note">That, as sentences.</param>
/// <param name="Host">The server; null for all within <paramref name="Suffix"/>.</param>
/// <param name="Suffix">A domain that servers are in; null for one server.</param>
/// <param name="Method">The method that it belongs to; null for none of those that are listed.</param>
/// <param name="Use">The server to use in its place; null for none.</param>
public sealed record KnownHost(
    string Note, string? Host = null, string? Suffix = null, SendMethodId? Method = null, string? Use = null)
{
    internal bool IsSameAs(KnownHost other) =>
        string.Equals(Host, other.Host, StringComparison.OrdinalIgnoreCase) &&
        string.Equals(Suffix, other.Suffix, StringComparison.OrdinalIgnoreCase);

    internal bool Includes(string host) =>
        host.Equals(Host, StringComparison.OrdinalIgnoreCase) ||
        (Suffix is not null && host.EndsWith($".{Suffix}", StringComparison.OrdinalIgnoreCase));
}
