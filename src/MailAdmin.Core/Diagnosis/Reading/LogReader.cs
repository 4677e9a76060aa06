namespace MailAdmin.Diagnosis.Reading;

/// <summary>
/// Finds the failures in the lines of a log, one after the other; the kind of log is told from each line.
/// </summary>
internal sealed class LogReader
{
    private readonly ExchangeLogLines _exchange = new();
    private int _number;

    /// <summary>How many lines were of a log that is known by its form.</summary>
    public int KnownLines { get; private set; }

    /// <summary>The failure that the line tells of, or null.</summary>
    public Failure? Take(string line)
    {
        _number++;
        if (!MayFail(line))
        {
            return null;
        }

        Failure? failure;
        if (_exchange.Take(line, out failure) || PostfixLogLine.TryRead(line, out failure) ||
            EximLogLine.TryRead(line, out failure))
        {
            KnownLines++;
        }
        else
        {
            failure = Other(line);
        }

        return failure is null ? null : failure with { Line = _number };
    }

    // Nearly all lines of a log tell of no failure and shall cost little.
    private static bool MayFail(string line) =>
        line.AsSpan().IndexOfAny('4', '5') >= 0 || line.Contains(" rejected ", StringComparison.Ordinal);

    /// <summary>In a log of an unknown kind a number alone proves nothing; a pair of codes does.</summary>
    private static Failure? Other(string line)
    {
        var codes = StatusScanner.Find(line);
        return codes.Count > 0 && codes[0] is { Code: not null, Enhanced: not null }
            ? FailureFactory.FromText(line, codes)
            : null;
    }
}
