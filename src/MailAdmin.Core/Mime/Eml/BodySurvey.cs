namespace MailAdmin.Mime.Eml;

/// <summary>What a stretch of lines would ask of a server, and how long it is once all lines end in CRLF.</summary>
internal sealed class BodySurvey : ILineSink
{
    public int Interest => 0;

    /// <summary>The octets it takes, with CRLF behind each line, the last one too.</summary>
    public long Length { get; private set; }

    /// <summary>All faults found.</summary>
    public LineFaults Faults { get; private set; }

    public long FirstEightBit { get; private set; }

    public long FirstNul { get; private set; }

    public long FirstTooLong { get; private set; }

    /// <summary>True when a CR stands alone.</summary>
    public bool HasBareCr { get; private set; }

    /// <summary>True when some lines end in CRLF.</summary>
    public bool HasCrLf { get; private set; }

    /// <summary>True when an LF stands alone.</summary>
    public bool HasBareLf { get; private set; }

    /// <summary>True when the last line has no end.</summary>
    public bool IsLastLineOpen { get; private set; }

    public void Take(in MessageLine line)
    {
        Length += line.Length + 2;
        IsLastLineOpen = line.End == LineEnd.None;
        HasBareCr |= line.End == LineEnd.Cr;
        HasBareLf |= line.End == LineEnd.Lf;
        HasCrLf |= line.End == LineEnd.CrLf;
        var fresh = line.Faults & ~Faults;
        if (fresh == LineFaults.None)
        {
            return;
        }

        Faults |= fresh;
        FirstEightBit = fresh.HasFlag(LineFaults.EightBit) ? line.Number : FirstEightBit;
        FirstNul = fresh.HasFlag(LineFaults.Nul) ? line.Number : FirstNul;
        FirstTooLong = fresh.HasFlag(LineFaults.TooLong) ? line.Number : FirstTooLong;
    }
}
