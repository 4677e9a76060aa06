namespace MailAdmin.Dns.Server;

/// <summary>A fault of a <see cref="DnsTestServer"/>, and which queries meet it.</summary>
/// <param name="Kind">What goes wrong.</param>
public sealed record DnsFault(DnsFaultKind Kind)
{
    /// <summary>The name that it is for; null for all.</summary>
    public DnsName? Name { get; init; }

    /// <summary>The type that it is for; null for all.</summary>
    public DnsRecordType? Type { get; init; }

    /// <summary>How many queries meet it; null for all.</summary>
    public int? Times { get; init; }

    /// <summary>The response code of <see cref="DnsFaultKind.Error"/>; SERVFAIL (2) by default.</summary>
    public int ResponseCode { get; init; } = Wire.ResponseCode.ServerFailure;

    /// <summary>What the server says about it (RFC 8914), if anything.</summary>
    public DnsExtendedError? ExtendedError { get; init; }

    /// <summary>How much later the reply comes.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>True when the question meets it, however often it did already.</summary>
    internal bool Concerns(DnsQuestion question) =>
        (Name is null || Name.Equals(question.Name)) && (Type is null || Type == question.Type);
}
