using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>What speaks for and against a method, wish by wish. All judgements are in this file.</summary>
internal static class WishRules
{
    private const int RelayPort = 25;
    private const int Day = 86_400;
    private const int Minute = 60;

    public static IEnumerable<Judgement> About(SendMethodFacts method, SendMethodWishes wishes, string? host) =>
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
        }.OfType<Judgement>();

    private static Judgement? Mailboxes(SendMethodFacts method, SendMethodWishes wishes) =>
        method.Provider is null || wishes.Endpoint is not { Provider: "Microsoft365" or "Google" } endpoint ? null
        : endpoint.Provider == method.Provider ? Pro(new Phrase("MailboxesThere", endpoint.Domain))
        : Con(new Phrase("MailboxesElsewhere", endpoint.Domain, endpoint.ProviderName!));

    private static Judgement? Recipients(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.External ? null
        : method.External ? Pro(new Phrase("ReachesOutside"))
        : Con(new Phrase("ReachesInsideOnly"));

    private static Judgement? Tls(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoTls12 ? null
        : method is { Tls: TlsNeed.Required, LegacyTlsHost: { } legacy } ? If(new Phrase("LegacyTlsHostOnly", legacy))
        : method.Tls == TlsNeed.Required ? Con(new Phrase("NeedsTls12"))
        : method.Login == LoginKind.CertificateOrAddress ? If(new Phrase("OldTlsByAddress"))
        : Pro(new Phrase("WorksWithoutTls12"));

    private static Judgement? Login(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoLogin ? null
        : method.NeedsLogin ? Con(new Phrase("NeedsLogin"))
        : method.Login == LoginKind.Server ? If(new Phrase("LoginUpToServer"))
        : Pro(new Phrase("NeedsNoLogin"));

    private static Judgement? OAuth(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.NoOAuth || !method.NeedsLogin ? null : method.BasicLogin switch
        {
            BasicLogin.Allowed => Pro(new Phrase("PasswordEnough")),
            BasicLogin.Retiring => If(new Phrase("PasswordRetiring")),
            BasicLogin.AppPassword => If(new Phrase("AppPasswordNeeded")),
            _ => Con(new Phrase("TokensOnly")),
        };

    private static Judgement? Rate(SendMethodFacts method, LimitUnit unit, int? wished, int windowSeconds)
    {
        if (wished is not { } count)
        {
            return null;
        }

        // A message has at least one recipient, and each window must hold; the tightest limit decides.
        var tightest = method.Limits
            .Where(limit => limit.Unit == unit ||
                (unit == LimitUnit.Recipients && method.RecipientsPerMessage is not null))
            .Select(limit => (Limit: limit, Most: MostWithin(limit, method, unit, windowSeconds)))
            .OrderBy(pair => pair.Most)
            .FirstOrDefault();
        return tightest.Limit is null ? Pro(new Phrase("NoLimitAgainst"))
            : tightest.Most < count ? Con(new Phrase("LimitTooLow", tightest.Limit.Phrase))
            : Pro(new Phrase("LimitEnough", tightest.Limit.Phrase));
    }

    private static double MostWithin(SendLimit limit, SendMethodFacts method, LimitUnit unit, int windowSeconds) =>
        (double)limit.Count * Math.Max(1, windowSeconds / limit.WindowSeconds) *
        (limit.Unit == unit ? 1 : method.RecipientsPerMessage!.Value);

    private static Judgement? Origin(SendMethodFacts method, SendMethodWishes wishes) => method.Login switch
    {
        LoginKind.CertificateOrAddress when wishes.HasCertificate && !wishes.NoTls12 =>
            Pro(new Phrase("ConnectorByCertificate")),
        LoginKind.CertificateOrAddress when wishes.HasStaticIp => Pro(new Phrase("ConnectorByAddress")),
        LoginKind.CertificateOrAddress => If(new Phrase("ConnectorNeedsIdentity")),
        LoginKind.None when wishes.HasStaticIp => Pro(new Phrase("SpfByAddress")),
        LoginKind.None => If(new Phrase("SpfWithoutAddress")),
        _ => null,
    };

    private static Judgement? OwnServer(SendMethodFacts method, SendMethodWishes wishes) =>
        method.Login != LoginKind.Server ? null
        : wishes.HasOwnServer ? Pro(new Phrase("OwnServerThere"))
        : If(new Phrase("OwnServerNeeded"));

    private static Judgement? Hosting(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.HostedElsewhere ? null
        : method.ThirdPartyHosting ? Pro(new Phrase("HostingWorks"))
        : Con(new Phrase("HostingFails"));

    private static Judgement? SentItems(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.SaveToSentItems ? null : method.SentItems switch
        {
            SentItemsCopy.Yes => Pro(new Phrase("CopyKept")),
            SentItemsCopy.Optional => Pro(new Phrase("CopyOptional")),
            _ => Con(new Phrase("CopyNotKept")),
        };

    private static Judgement? From(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.AnyFrom ? null
        : method.AnyFrom ? Pro(new Phrase("FromAnyAddress"))
        : method.Login == LoginKind.Mailbox || method.Provider is not null
            ? If(new Phrase("FromOneByOne"))
        : Con(new Phrase("FromLoginOnly"));

    private static Judgement? Port(SendMethodFacts method, SendMethodWishes wishes) =>
        !wishes.Port25Blocked ? null
        : method.Login == LoginKind.Server ? Pro(new Phrase("PortOnOwnNetwork"))
        : method.Ports.Any(port => port != RelayPort)
            ? Pro(new Phrase("PortOtherThan25", method.Ports.First(port => port != RelayPort)))
        : Con(new Phrase("Port25Only"));

    private static Judgement? Field(SendMethodWishes wishes, string? host) =>
        wishes.ServerFieldLength is not { } length || host is null ? null
        : host.Length <= length ? Pro(new Phrase("FieldFits", host.Length))
        : Con(new Phrase("FieldTooShort", host.Length, length));

    private static Judgement Pro(Phrase phrase) => new(SendMethodVerdict.Fits, phrase);

    private static Judgement If(Phrase phrase) => new(SendMethodVerdict.FitsWithConditions, phrase);

    private static Judgement Con(Phrase phrase) => new(SendMethodVerdict.DoesNotFit, phrase);
}
