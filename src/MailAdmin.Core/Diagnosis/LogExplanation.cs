using MailAdmin.Diagnosis.Reading;

namespace MailAdmin.Diagnosis;

/// <summary>The explanation of a log whose lines come one after the other. For one thread at a time.</summary>
public sealed class LogExplanation
{
    private readonly LogReader _reader = new();
    private readonly Func<Failure, SmtpDiagnosis?> _explain;

    internal LogExplanation(Func<Failure, SmtpDiagnosis?> explain) => _explain = explain;

    /// <summary>Explains the next line.</summary>
    /// <param name="line">The line without its end; what is beyond 16,384 characters is not read.</param>
    /// <returns>
    /// The cause of the failure that the line tells of, with the number of the line; null when it tells of none.
    /// </returns>
    public SmtpDiagnosis? Take(string line)
    {
        ArgumentNullException.ThrowIfNull(line);
        var failure = _reader.Take(line.Length > LogLines.MaxLength ? line[..LogLines.MaxLength] : line);
        return failure is null ? null : _explain(failure);
    }
}
