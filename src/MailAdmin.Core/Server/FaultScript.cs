namespace MailAdmin.Server;

/// <summary>The faults that an embedded server makes; where several fit, the first one strikes.</summary>
/// <param name="Faults">In order of precedence.</param>
public sealed record FaultScript(IReadOnlyList<Fault> Faults)
{
    /// <summary>No faults.</summary>
    public static FaultScript None { get; } = new([]);

    /// <summary>Reads faults as people type them, each in the form that <see cref="Fault.Parse"/> describes.</summary>
    /// <param name="lines">A fault each; empty lines and lines that begin with <c>#</c> are skipped.</param>
    /// <exception cref="SmtpTestServerException">A line is no fault (<c>InvalidFault</c>).</exception>
    public static FaultScript Parse(IEnumerable<string> lines) =>
        new([.. lines.Select(line => line.Trim()).Where(line => line is not ([] or ['#', ..])).Select(Fault.Parse)]);

    /// <summary>Reads faults from a text with one on each line.</summary>
    /// <exception cref="SmtpTestServerException">A line is no fault (<c>InvalidFault</c>).</exception>
    public static FaultScript Parse(string text) => Parse(text.Split('\n'));

    /// <summary>The text form, one fault on each line.</summary>
    public override string ToString() => string.Join('\n', Faults);
}
