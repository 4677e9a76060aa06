namespace MailAdmin.Mime.Eml;

/// <summary>One line, as <see cref="LineSplitter"/> found it.</summary>
internal readonly ref struct MessageLine
{
    /// <summary>The line without its end; only its beginning when <see cref="Length"/> is larger.</summary>
    public ReadOnlySpan<byte> Text { get; init; }

    /// <summary>The octets of the line without its end.</summary>
    public long Length { get; init; }

    /// <summary>Where the line begins.</summary>
    public long Start { get; init; }

    /// <summary>From 1.</summary>
    public long Number { get; init; }

    public LineEnd End { get; init; }

    /// <summary>What in it not everybody can carry.</summary>
    public LineFaults Faults { get; init; }

    /// <summary>Where the next line begins.</summary>
    public long Next => Start + Length + (End == LineEnd.CrLf ? 2 : End == LineEnd.None ? 0 : 1);
}
