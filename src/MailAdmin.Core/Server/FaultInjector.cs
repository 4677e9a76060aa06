namespace MailAdmin.Server;

/// <summary>
/// Makes the faults of one connection: counts the occurrences of each step and does what the script says.
/// </summary>
internal sealed class FaultInjector(
    FaultCounter counter, int connectionNumber, PooledBuffer output, ReplyWriter replies)
{
    /// <summary>
    /// No code, control characters, broken UTF-8, and a line end, so that a client has something to read.
    /// </summary>
    private static readonly byte[] Noise =
        [0x00, 0x16, 0x03, 0xFF, (byte)'2', (byte)'x', 0x1B, 0xC3, 0x28, 0x80, (byte)'?', 0x7F, 0x0D, 0x0A];

    private readonly int[] _occurrences = new int[Enum.GetValues<FaultStep>().Length];

    /// <summary>The rate that a fault has set; 0 without one.</summary>
    public int OctetsPerSecond { get; private set; }

    /// <summary>RCPT is counted within each transaction.</summary>
    public void BeginTransaction() => _occurrences[(int)FaultStep.Rcpt] = 0;

    /// <summary>
    /// Comes to a step. Null lets it take its course; <see cref="SessionAction.Flush"/>: it is answered already and has
    /// no effect; any other is the end of the conversation.
    /// </summary>
    /// <param name="step">The step.</param>
    /// <param name="successClass">The first digit of the reply that it has on success; 0 when it has none.</param>
    public SessionAction? Strike(FaultStep step, int successClass)
    {
        if (counter.IsEmpty)
        {
            return null;
        }

        return counter.Take(step, Count(step)) is { } fault ? Make(fault, successClass) : null;
    }

    /// <summary>The fault that waits within the content that begins now, or null.</summary>
    public Fault? BeginContent() =>
        counter.IsEmpty ? null : counter.Peek(FaultStep.Content, Count(FaultStep.Content));

    /// <summary>Makes a fault that waited; the same results as <see cref="Strike"/>.</summary>
    public SessionAction? StrikeContent(Fault fault) => counter.Take(fault) ? Make(fault, successClass: 0) : null;

    private int Count(FaultStep step) =>
        step is FaultStep.Connect or FaultStep.Banner ? connectionNumber : ++_occurrences[(int)step];

    private SessionAction? Make(Fault fault, int successClass)
    {
        switch (fault.Kind)
        {
            case FaultKind.Reply when fault.Reply!.Code / 100 == successClass:
                replies.Replacement = fault.Reply;
                return null;
            case FaultKind.Reply:
                replies.WriteAsIs(fault.Reply!);
                return replies.ClosesSession ? SessionAction.Close : SessionAction.Flush;
            case FaultKind.Garbage:
                output.Append(Noise);
                return SessionAction.Flush;
            case FaultKind.Slow:
                OctetsPerSecond = fault.OctetsPerSecond;
                return null;
            case FaultKind.Stall:
                return SessionAction.Stall;
            case FaultKind.Reset:
                return SessionAction.Reset;
            default:
                return SessionAction.Close;
        }
    }
}
