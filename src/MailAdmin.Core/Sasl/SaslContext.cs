namespace MailAdmin.Sasl;

/// <summary>Where a login takes place, and what may be used for it.</summary>
public sealed record SaslContext
{
    /// <summary>The service's name in Kerberos and GS2 terms: <c>smtp</c> or <c>pop</c>.</summary>
    public required string Service { get; init; }

    /// <summary>The server's host name.</summary>
    public required string Host { get; init; }

    /// <summary>The server's port.</summary>
    public required int Port { get; init; }

    /// <summary>True under TLS.</summary>
    public required bool IsSecure { get; init; }

    /// <summary>The only mechanism to use, in any case of letters; null leaves the choice.</summary>
    public string? Mechanism { get; init; }
}
