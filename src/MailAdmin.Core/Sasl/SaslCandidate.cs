namespace MailAdmin.Sasl;

/// <summary>A mechanism that both sides have and that suits the credential.</summary>
public sealed class SaslCandidate
{
    private readonly Func<CancellationToken, ValueTask<ISaslMechanism>> _create;

    internal SaslCandidate(string name, Func<CancellationToken, ValueTask<ISaslMechanism>> create)
    {
        Name = name;
        _create = create;
    }

    /// <summary>The registered name, in capitals.</summary>
    public string Name { get; }

    /// <summary>Begins an attempt; a token is fetched here.</summary>
    /// <exception cref="SaslException">The credential cannot be used.</exception>
    public ValueTask<ISaslMechanism> CreateAsync(CancellationToken cancellationToken) => _create(cancellationToken);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
