namespace MailAdmin.Transports.Graph;

/// <summary>What a code of the service means to this product.</summary>
/// <param name="ErrorId">The name of the failure.</param>
/// <param name="Kind">Its sort.</param>
/// <param name="Advice">The first remedy.</param>
internal sealed record GraphFault(string ErrorId, MailErrorKind Kind, string Advice)
{
    /// <summary>True when the same request may succeed later.</summary>
    public bool CanPass { get; init; }

    /// <summary>True when another message may go the same way.</summary>
    public bool ConcernsMessage { get; init; }
}
