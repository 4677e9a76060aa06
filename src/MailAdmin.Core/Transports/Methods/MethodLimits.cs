using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>Puts the limits of a method into words.</summary>
internal static class MethodLimits
{
    public static IReadOnlyList<string> For(SendMethodFacts method, PhraseBook words) =>
    [
        .. method.Limits.Select(limit => words.Text(limit.Phrase)),
        .. method.RecipientsPerMessage is { } recipients
            ? [words.Text(new Phrase("RecipientsPerMessage", recipients))]
            : Array.Empty<string>(),
        .. method.Connections is { } connections
            ? [words.Text(new Phrase("ConnectionsAtOnce", connections))]
            : Array.Empty<string>(),
    ];
}
