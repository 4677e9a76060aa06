namespace MailAdmin.Server;

/// <summary>
/// The octets behind BDAT (RFC 3030 §2): as many as the command said, as they are. Lines must end in CRLF here too, as
/// BINARYMIME is not offered; a CR or LF that stands alone is reported, also when chunks part it from its neighbour.
/// </summary>
internal sealed class ChunkContentReader
{
    private const byte Cr = (byte)'\r';
    private const byte Lf = (byte)'\n';

    private bool _afterCr;

    public bool HasBareNewline { get; private set; }

    /// <summary>Octets of the present chunk that are still to come.</summary>
    public long Remaining { get; private set; }

    public void Reset()
    {
        Remaining = 0;
        _afterCr = false;
        HasBareNewline = false;
    }

    public void BeginChunk(long octets) => Remaining = octets;

    /// <summary>Says that no chunk follows: a CR at the very end has lost its LF.</summary>
    public void EndMessage() => HasBareNewline |= _afterCr;

    /// <summary>Reads at most to the end of the chunk; returns how many octets it took.</summary>
    public int Read(ReadOnlySpan<byte> input, PooledBuffer? content)
    {
        var taken = input[..(int)Math.Min(Remaining, input.Length)];
        Remaining -= taken.Length;
        content?.Append(taken);
        Inspect(taken);
        return taken.Length;
    }

    private void Inspect(ReadOnlySpan<byte> octets)
    {
        while (!octets.IsEmpty && !HasBareNewline)
        {
            if (_afterCr)
            {
                _afterCr = false;
                HasBareNewline = octets[0] != Lf;
                octets = octets[1..];
                continue;
            }

            var found = octets.IndexOfAny(Cr, Lf);
            if (found < 0)
            {
                return;
            }

            _afterCr = octets[found] == Cr;
            HasBareNewline = !_afterCr;
            octets = octets[(found + 1)..];
        }
    }
}
