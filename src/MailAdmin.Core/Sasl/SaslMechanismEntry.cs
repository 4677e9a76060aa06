namespace MailAdmin.Sasl;

/// <summary>How one mechanism is made.</summary>
/// <param name="Name">The registered name.</param>
/// <param name="CreateAsync">Begins an attempt with a credential that suits.</param>
/// <param name="Suits">Whether it can use a credential.</param>
internal sealed record SaslMechanismEntry(
    string Name,
    Func<SaslCredential, SaslContext, CancellationToken, ValueTask<ISaslMechanism>> CreateAsync,
    Func<SaslCredential, bool> Suits)
{
    public static SaslMechanismEntry ForPassword(string name, Func<string, string, ISaslMechanism> create) => new(
        name,
        (credential, _, _) =>
        {
            var login = (PasswordCredential)credential;
            return ValueTask.FromResult(create(login.User, login.RevealPassword()));
        },
        credential => credential is PasswordCredential);

    public static SaslMechanismEntry ForSystem(
        string name, string package, Func<INegotiateContext, ISaslMechanism> create) => new(
        name,
        (credential, context, _) => ValueTask.FromResult(create(new NegotiateContext(package, credential, context))),
        credential => credential is PasswordCredential or IntegratedCredential);

    public static SaslMechanismEntry ForToken(
        string name, Func<string, string, SaslContext, ISaslMechanism> create) => new(
        name,
        async (credential, context, cancellationToken) =>
        {
            var login = (TokenCredential)credential;
            var token = await login.RevealTokenAsync(cancellationToken).ConfigureAwait(false);
            return create(login.User, token, context);
        },
        credential => credential is TokenCredential);
}
