namespace MailAdmin.Transports.Methods;

/// <summary>
/// How many recipients outside its own domains a whole tenant may send to:
/// <c>factor × licences ^ exponent + base</c>, or a fixed number in a trial.
/// </summary>
public sealed record TenantLimit
{
    /// <summary>Whose tenants.</summary>
    public required string Provider { get; init; }

    /// <summary>See the formula.</summary>
    public required double Factor { get; init; }

    /// <summary>See the formula.</summary>
    public required double Exponent { get; init; }

    /// <summary>See the formula.</summary>
    public required double Base { get; init; }

    /// <summary>The limit of a trial tenant.</summary>
    public required int Trial { get; init; }

    /// <summary>The time that it is for.</summary>
    public required int WindowSeconds { get; init; }

    /// <summary>The methods whose mail does not count.</summary>
    public IReadOnlyList<SendMethodId> Exempt { get; init; } = [];

    /// <summary>The limit of a tenant.</summary>
    /// <param name="licenses">How many licences it has.</param>
    public SendLimit For(int licenses) =>
        new(
            (int)Math.Min(int.MaxValue, (Factor * Math.Pow(licenses, Exponent)) + Base),
            LimitUnit.Recipients,
            WindowSeconds);

    /// <summary>The limit of a trial tenant.</summary>
    public SendLimit ForTrial() => new(Trial, LimitUnit.Recipients, WindowSeconds);
}
