namespace MailAdmin.Mime.Composing;

/// <summary>Finds a sequence of octets in others, however they come.</summary>
internal sealed class OctetFinder(byte[] wanted)
{
    /// <summary>The last octets, which may be the beginning of what is wanted.</summary>
    private byte[] _tail = [];

    public bool IsFound { get; private set; }

    public void Feed(ReadOnlySpan<byte> octets)
    {
        byte[] seam = [.. _tail, .. octets[..Math.Min(octets.Length, wanted.Length - 1)]];
        IsFound |= seam.AsSpan().IndexOf(wanted) >= 0 || octets.IndexOf(wanted) >= 0;
        byte[] end = [.. _tail, .. octets[Math.Max(0, octets.Length - wanted.Length + 1)..]];
        _tail = end[Math.Max(0, end.Length - wanted.Length + 1)..];
    }
}
