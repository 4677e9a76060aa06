namespace MailAdmin.Queueing.Routes;

/// <summary>A route cannot be kept in the queue, or not be read again.</summary>
public sealed class RouteVaultException : MailException
{
    private RouteVaultException(
        string errorId, MailErrorKind kind, string message, string action, Exception? cause = null)
        : base(errorId, kind, message, action, cause)
    {
    }

    internal static RouteVaultException TokenCannotBeStored() => new(
        "RouteTokenNotStorable",
        MailErrorKind.NotSupported,
        "The token comes from a source that another process cannot use, so the message cannot wait in the queue.",
        "Use a token source with settings of its own, such as an app's secret or certificate, or send without the " +
        "queue.");

    internal static RouteVaultException Damaged(Exception? cause = null) => new(
        "RouteDamaged",
        MailErrorKind.Storage,
        "The route that is stored with the message cannot be read.",
        "Remove the item and send the message again.",
        cause);

    internal static RouteVaultException Newer() => new(
        "RouteFromNewerVersion",
        MailErrorKind.NotSupported,
        "The message was queued by a newer version of MailAdmin.",
        "Use that version for the distributor as well.");
}
