namespace MailAdmin.Interop.Cases;

/// <summary>What a server can take part in; cases outside of it are not made for that server.</summary>
public sealed record ServerAbilities
{
    /// <summary>The ways to secure the connection.</summary>
    public required IReadOnlyList<SecurityKind> Securities { get; init; }

    /// <summary>The logins, on some port, with any of those securities.</summary>
    public required IReadOnlyList<LoginKind> Logins { get; init; }

    /// <summary>True when a login works without TLS too.</summary>
    public bool LoginWithoutTls { get; init; }

    /// <summary>True when it offers SMTPUTF8.</summary>
    public bool Utf8 { get; init; }

    /// <summary>
    /// True when it leaves lists of quoted display names alone. OpenSMTPD completes addresses that have no domain, and
    /// takes what is quoted behind the first comma for such addresses.
    /// </summary>
    public bool QuotedNameLists { get; init; }

    /// <summary>True when it offers CHUNKING.</summary>
    public bool Chunking { get; init; }

    /// <summary>Postfix as its fixture sets it up.</summary>
    public static ServerAbilities Postfix { get; } = new()
    {
        Securities = Enum.GetValues<SecurityKind>(),
        Logins = Enum.GetValues<LoginKind>(),
        LoginWithoutTls = true,
        Utf8 = true,
        QuotedNameLists = true,
        Chunking = true,
    };

    /// <summary>Exim as its fixture sets it up.</summary>
    public static ServerAbilities Exim { get; } = new()
    {
        Securities = Enum.GetValues<SecurityKind>(),
        Logins = [LoginKind.None, LoginKind.Plain, LoginKind.Login, LoginKind.CramMd5],
        Utf8 = true,
        QuotedNameLists = true,
        Chunking = true,
    };

    /// <summary>OpenSMTPD as its fixture sets it up.</summary>
    public static ServerAbilities OpenSmtpd { get; } = new()
    {
        Securities = [SecurityKind.None],
        Logins = [LoginKind.None],
    };
}
