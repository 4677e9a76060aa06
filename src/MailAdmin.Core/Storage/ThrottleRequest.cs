using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>Asks for room within the limits of a scope.</summary>
public sealed record ThrottleRequest
{
    /// <summary>What the limits are of.</summary>
    public required string Scope { get; init; }

    /// <summary>All limits that must have room.</summary>
    public required IReadOnlyList<SendLimit> Limits { get; init; }

    /// <summary>The messages to reserve room for.</summary>
    public int Messages { get; init; } = 1;

    /// <summary>The recipients of these messages together.</summary>
    public required int Recipients { get; init; }

    /// <summary>Reserves without asking: the use counts, the limits do not hold.</summary>
    public bool IsForced { get; init; }

    /// <summary>How long an attempt may take before the reservation counts as used.</summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromMinutes(10);
}
