namespace MailAdmin.Transports.Methods;

/// <summary>What speaks for and against a method, wish by wish. All judgements are in this file.</summary>
internal static class WishRules
{
    private const int RelayPort = 25;
    private const int Day = 86_400;
    private const int Minute = 60;

    public static IEnumerable<MethodReason> About(SendMethodFacts method, SendMethodWishes wishes, string? host) =>
        new[]
        {
            Mailboxes(method, wishes),
            Recipients(method, wishes),
            Tls(method, wishes),
            Login(method, wishes),
            OAuth(method, wishes),
            Rate(method, LimitUnit.Recipients, wishes.RecipientsPerDay, Day),
            Rate(method, LimitUnit.Messages, wishes.MessagesPerMinute, Minute),
            Origin(method, wishes),
            OwnServer(method, wishes),
            Hosting(method, wishes),
            SentItems(method, wishes),
            From(method, wishes),
            Port(method, wishes),
            Field(wishes, host),
        }.OfType<MethodReason>();

    private static MethodReason? Mailboxes(SendMethodFacts method, SendMethodWishes wishes) =>
        method.Provider is null || wishes.Endpoint is not { Provider: "Microsoft365" or "Google" } endpoint ? null
        : endpoint.Provider == method.Provider ? Pro($"The mailboxes of {endpoint.Domain} are there.")
        : Con($"The mail of {endpoint.Domain} goes to {endpoint.ProviderName}, so the mailboxes are not there.");

    private static MethodReason? Recipients(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.External ? null
        : method.External ? Pro("It reaches people outside the organisation.")
        : Con("It does not reach people outside the organisation.");

    private static MethodReason? Tls(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoTls12 ? null
        : method is { Tls: TlsNeed.Required, LegacyTlsHost: { } legacy } ? If(
            $"Without TLS 1.2 only {legacy} works, after Set-TransportConfig -AllowLegacyTLSClients $true.")
        : method.Tls == TlsNeed.Required ? Con("It needs TLS 1.2.")
        : method.Login == LoginKind.CertificateOrAddress ? If(
            "It works without TLS 1.2 if the connector knows the device by its IP address.")
        : Pro("It works without TLS 1.2.");

    private static MethodReason? Login(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoLogin ? null
        : method.NeedsLogin ? Con("It needs a login.")
        : method.Login == LoginKind.Server ? If("It works without a login if the server allows that for the device's address.")
        : Pro("It needs no login.");

    private static MethodReason? OAuth(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoOAuth || !method.NeedsLogin ? null : method.BasicLogin switch
        {
            BasicLogin.Allowed => Pro("User name and password are enough."),
            BasicLogin.Retiring => If("Login by password is being retired; it must be enabled, and will end."),
            BasicLogin.AppPassword => If("It needs an app password, which needs 2-step verification."),
            _ => Con("It takes tokens only."),
        };

    private static MethodReason? Rate(SendMethodFacts method, LimitUnit unit, int? wished, int windowSeconds)
    {
        if (wished is not { } count)
        {
            return null;
        }

        // A message has at least one recipient, and each window must hold; the tightest limit decides.
        var tightest = method.Limits
            .Where(limit => limit.Unit == unit || (unit == LimitUnit.Recipients && method.RecipientsPerMessage is not null))
            .Select(limit => (Limit: limit, Most: MostWithin(limit, method, unit, windowSeconds)))
            .OrderBy(pair => pair.Most)
            .FirstOrDefault();
        return tightest.Limit is null ? Pro("No limit stands against that number.")
            : tightest.Most < count ? Con($"Its limit is {tightest.Limit}.")
            : Pro($"Its limit of {tightest.Limit} is enough.");
    }

    private static double MostWithin(SendLimit limit, SendMethodFacts method, LimitUnit unit, int windowSeconds) =>
        (double)limit.Count * Math.Max(1, windowSeconds / limit.WindowSeconds) *
        (limit.Unit == unit ? 1 : method.RecipientsPerMessage!.Value);

    private static MethodReason? Origin(SendMethodFacts method, SendMethodWishes wishes) => method.Login switch
    {
        LoginKind.CertificateOrAddress when wishes.HasCertificate && !wishes.NoTls12 => Pro("A connector can know the certificate."),
        LoginKind.CertificateOrAddress when wishes.HasStaticIp => Pro("A connector can know the static IP address."),
        LoginKind.CertificateOrAddress => If("It needs a certificate of the own domain, or a static IP address shared with nobody."),
        LoginKind.None when wishes.HasStaticIp => Pro("SPF can name the static IP address."),
        LoginKind.None => If("Without a static IP address, SPF cannot cover the mail, and it may be taken for spam."),
        _ => null,
    };

    private static MethodReason? OwnServer(SendMethodFacts method, SendMethodWishes wishes) =>
        method.Login != LoginKind.Server ? null
        : wishes.HasOwnServer ? Pro("There is a server, and it is easier to set up than a connector.")
        : If("It needs a mail server of one's own.");

    private static MethodReason? Hosting(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.HostedElsewhere ? null
        : method.ThirdPartyHosting ? Pro("It works from the network of another company.")
        : Con("It does not work from the network of another company.");

    private static MethodReason? SentItems(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.SaveToSentItems ? null : method.SentItems switch
        {
            SentItemsCopy.Yes => Pro("A copy is kept among the sent items."),
            SentItemsCopy.Optional => Pro("A copy is kept among the sent items if that is asked for."),
            _ => Con("No copy is kept among the sent items."),
        };

    private static MethodReason? From(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.AnyFrom ? null
        : method.AnyFrom ? Pro("The sender may be any address of the domain.")
        : method.Login == LoginKind.Mailbox || method.Provider is not null ? If("Other senders than the login must be permitted one by one.")
        : Con("The sender must be the login.");

    private static MethodReason? Port(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.Port25Blocked ? null
        : method.Login == LoginKind.Server ? Pro("The server is on the own network.")
        : method.Ports.Any(port => port != RelayPort) ? Pro($"It works at port {method.Ports.First(port => port != RelayPort)}.")
        : Con("It works at port 25 only.");

    private static MethodReason? Field(SendMethodWishes wishes, string? host) =>
        wishes.ServerFieldLength is not { } length || host is null ? null
        : host.Length <= length ? Pro($"The server's name fits into the field: {host.Length} characters.")
        : Con($"The server's name has {host.Length} characters, the field takes {length}; an IP address in its place would break one day.");

    private static MethodReason Pro(string text) => new(SendMethodVerdict.Fits, text);

    private static MethodReason If(string text) => new(SendMethodVerdict.FitsWithConditions, text);

    private static MethodReason Con(string text) => new(SendMethodVerdict.DoesNotFit, text);
}
