namespace MailAdmin.Net;

/// <summary>Words and remedies for a proxy that does not do what it should.</summary>
internal static class ProxyFault
{
    public static ConnectException Unreachable(Uri proxy, ConnectException cause) => new(
        "ProxyUnreachable",
        $"The proxy {proxy.Host}:{proxy.Port} is of no use: {cause.Message}",
        "Check the proxy's host and port, or connect without it.",
        cause.IsTransient,
        cause.Attempts,
        cause);

    public static ConnectException BrokeOff(Uri proxy, string reason, Exception? cause = null) => new(
        "ProxyFailed",
        $"The proxy {proxy.Host}:{proxy.Port} broke off the negotiation: {reason}.",
        "Check that the port belongs to a proxy of the kind that its address names (socks5:// or http://).",
        isTransient: true,
        innerException: cause);

    public static ConnectException NotAProxy(Uri proxy, string reason) => new(
        "ProxyProtocolError",
        $"{proxy.Host}:{proxy.Port} does not behave like a {proxy.Scheme} proxy: {reason}.",
        "Check the proxy's port and the beginning of its address (socks5:// or http://).",
        isTransient: false);

    public static ConnectException LoginNeeded(Uri proxy) => new(
        "ProxyAuthenticationRequired",
        $"The proxy {proxy.Host}:{proxy.Port} wants a login"
        + (proxy.UserInfo.Length == 0 ? "." : " of a kind that MailAdmin does not have."),
        "Put user and password into the proxy's address (socks5://user:password@host:port); only password logins (RFC "
        + "1929, HTTP Basic) are supported.",
        isTransient: false);

    public static ConnectException LoginRefused(Uri proxy) => new(
        "ProxyAuthenticationFailed",
        $"The proxy {proxy.Host}:{proxy.Port} refused the user name or password.",
        "Correct the login in the proxy's address; characters such as @ and : must be percent-encoded there.",
        isTransient: false);

    public static ConnectException Forbidden(Uri proxy, string target, string said) => new(
        "ProxyForbidden",
        $"The proxy {proxy.Host}:{proxy.Port} does not allow connections to {target} ({said}).",
        "Ask the proxy's administrator to allow this host and port; many allow only port 443.",
        isTransient: false);

    public static ConnectException TargetFailed(Uri proxy, string target, string errorId, string said) => new(
        errorId,
        $"The proxy {proxy.Host}:{proxy.Port} could not reach {target}: {said}.",
        "Check the host and the port; if they are right, ask the proxy's administrator.",
        isTransient: true);
}
