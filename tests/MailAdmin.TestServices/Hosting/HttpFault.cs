namespace MailAdmin.TestServices.Hosting;

/// <summary>An answer to be given in the place of the true one.</summary>
/// <param name="Path">The end of the request's path; empty for every request.</param>
/// <param name="Status">The HTTP status.</param>
public sealed record HttpFault(string Path, int Status)
{
    /// <summary>How many requests it spoils; then all is well again.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The value of Retry-After in seconds; null for none.</summary>
    public int? RetryAfter { get; init; }

    /// <summary>The body, as JSON; empty for none.</summary>
    public string Body { get; init; } = "";

    /// <summary>
    /// How long the request waits before its answer, in milliseconds; the client's hanging up ends that.
    /// </summary>
    public int DelayMilliseconds { get; init; }
}
