using MailAdmin.Addressing;
using MailAdmin.Sasl;

namespace MailAdmin.Transports.Methods;

/// <summary>What each method demands and forbids, checked before anything is looked up or sent.</summary>
internal static class MethodRules
{
    /// <exception cref="MailRouteException">The method cannot be used so.</exception>
    public static void Check(SendMethodFacts method, DomainName? domain, SmtpRoute wishes, bool? savesCopy = null)
    {
        var fault = method switch
        {
            { Id: SendMethodId.Graph } when SmtpOnly(wishes) is { } what => new MailRouteException(
                "MethodIsNotSmtp",
                $"{what} means nothing to {method.Name}, which speaks HTTPS and not SMTP.",
                "Leave it out, or choose a method of SMTP; Get-SendMethod shows which fit.",
                MailErrorKind.NotSupported),
            { Id: SendMethodId.Graph } when wishes.Credential is not TokenCredential => new MailRouteException(
                "MethodNeedsToken",
                $"{method.Name} needs an access token; it takes no password.",
                "Get a token for Graph with Get-SmtpToken, and pass that in place of a credential."),
            { Id: not SendMethodId.Graph } when savesCopy is not null => new MailRouteException(
                "MethodHasNoSentItemsChoice",
                $"{method.Name} leaves no choice whether a copy is kept in Sent Items.",
                "Leave that wish out, or choose Graph."),
            { UsesMx: true } when domain is null => new MailRouteException(
                "MethodNeedsDomain",
                $"{method.Name} goes to the MX endpoint of your domain, and it is not said which that is.",
                "Add the domain."),
            { UsesMx: false } when domain is not null => new MailRouteException(
                "MethodTakesNoDomain",
                $"{method.Name} has a server of its own and no use for the domain {domain}.",
                "Leave the domain out, or choose Relay or DirectSend."),
            { UsesMx: true } when wishes.Credential is not null => new MailRouteException(
                "MethodTakesNoLogin",
                $"{method.Name} has no login: an MX endpoint does not offer one.",
                "Leave the credential out, or choose Submission."),
            { Login: LoginKind.None } when wishes.ClientCertificates is { Count: > 0 } => new MailRouteException(
                "MethodTakesNoCertificate",
                $"{method.Name} takes no certificate: with one, a connector knows the sender, and that is Relay.",
                "Choose Relay, or leave the certificate out."),
            { NeedsLogin: true } when wishes.Credential is null => new MailRouteException(
                "MethodNeedsLogin",
                $"{method.Name} needs a login.",
                "Add a credential, or choose a method without one: Relay or DirectSend."),
            { Tls: TlsNeed.Required } when wishes.Security == ConnectionSecurity.None => new MailRouteException(
                "MethodNeedsTls", $"{method.Name} works with TLS only.", "Do not forbid TLS."),
            { UsesMx: false, Provider: not null } when wishes.Port is { } port && !method.Ports.Contains(port) =>
                new MailRouteException(
                    "MethodHasOtherPorts",
                    $"{method.Name} is not served at port {port}, only at {string.Join(" and ", method.Ports)}.",
                    "Leave the port out."),
            _ => null,
        };
        if (fault is not null)
        {
            throw fault;
        }

        if (method.Id == SendMethodId.Acs && wishes.Credential is PasswordCredential login)
        {
            AcsUserName.Read(login.User);
        }
    }

    private static string? SmtpOnly(SmtpRoute wishes) => wishes switch
    {
        { Port: not null } => "A port",
        { Security: not (ConnectionSecurity.Auto or ConnectionSecurity.Implicit) } => "A choice of TLS",
        { SkipCertificateCheck: true } => "Doing without the check of the certificate",
        { ClientCertificates.Count: > 0 } => "A client certificate",
        { Mechanism: not null } => "A SASL mechanism",
        { AllowPlaintextAuth: true } => "A login without TLS",
        { LocalHost: not null } => "A name for EHLO",
        { BatchSize: not null } => "A number of recipients to a transaction",
        _ => null,
    };

    /// <exception cref="MailRouteException">The method has no server there.</exception>
    public static string Host(SendMethodFacts method, CloudEnvironment environment) =>
        method.Hosts.TryGetValue(environment, out var host)
            ? host
            : throw new MailRouteException(
                "MethodHasNoHost",
                method.Hosts.Count == 0
                    ? $"It is not said which server {method.Name} means."
                    : $"No server of {method.Name} is known for the environment {environment}.",
                "Name the server instead of the method, or write it into a file of your own that the environment "
                + $"variable {SendMethodCatalog.FileVariable} names.",
                MailErrorKind.NotFound);
}
