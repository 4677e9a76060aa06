namespace MailAdmin.Transports.Graph;

/// <summary>
/// Reports octets of base64 as the octets that they stand for, at most every 64 KiB and not to excess.
/// </summary>
internal sealed class Base64Progress(IProgress<long> target) : IProgress<long>
{
    private const long Step = 64 * 1024;

    private long _reported;

    /// <inheritdoc/>
    public void Report(long value)
    {
        var octets = value / 4 * 3;
        if (octets < _reported || octets - _reported >= Step)
        {
            _reported = octets;
            target.Report(octets);
        }
    }
}
