namespace MailAdmin.Transports.Graph;

/// <summary>
/// How much Microsoft Graph takes in one piece, and how long it is waited for. The documentation says "4 MB" and "3 MB"
/// without saying which megabyte; these figures are within both.
/// </summary>
public sealed record GraphLimits
{
    private const int Kibi = 1024;

    /// <summary>The longest body of a request, after base64; 4,000,000 octets.</summary>
    public int MaxRequest { get; init; } = 4_000_000;

    /// <summary>
    /// The size from which on an attachment needs an upload session; 3 MiB, of which the service insists.
    /// </summary>
    public int UploadFrom { get; init; } = 3 * Kibi * Kibi;

    /// <summary>The octets of one piece of an upload: a multiple of 320 KiB below 4 MB.</summary>
    public int UploadPiece { get; init; } = 10 * 320 * Kibi;

    /// <summary>The largest attachment; 150 MiB.</summary>
    public long MaxAttachment { get; init; } = 150L * Kibi * Kibi;

    /// <summary>
    /// The most header fields of one's own that a draft can have; 5, and only such that begin with X-.
    /// </summary>
    public int MaxHeaderFields { get; init; } = 5;

    /// <summary>How often a request that the service puts off is made again; 4 times.</summary>
    public int MaxWaits { get; init; } = 4;

    /// <summary>How long one message waits in all because the service puts it off; 5 minutes.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The first wait when the service does not say how long; 5 seconds. It doubles each time.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(5);
}
