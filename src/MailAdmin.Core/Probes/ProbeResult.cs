using System.Net;
using System.Security.Authentication;
using MailAdmin.Diagnosis;

namespace MailAdmin.Probes;

/// <summary>What a probe of a server found, step by step.</summary>
public abstract record ProbeResult
{
    /// <summary><c>host:port</c>.</summary>
    public required string Server { get; init; }

    /// <summary>The steps in the order in which they were taken.</summary>
    /// <remarks>
    /// An array here and elsewhere in the results: PowerShell cannot index the lists that collection expressions make.
    /// </remarks>
    public required IReadOnlyList<ProbeStageResult> Stages { get; init; }

    /// <summary>Passed, Warning or Failed.</summary>
    public virtual ProbeVerdict Verdict =>
        FailedStage is not null ? ProbeVerdict.Failed
        : Warnings.Count > 0 ? ProbeVerdict.Warning
        : ProbeVerdict.Passed;

    /// <summary>The step that failed; null when none did.</summary>
    public ProbeStage? FailedStage => Failure?.Stage;

    /// <summary>Why; null when nothing failed.</summary>
    public MailException? Error => Failure?.Error;

    /// <summary>What went wrong and what to do about it, in short; null when nothing failed.</summary>
    public string? Problem => Error is { } error ? $"{error.Message} {error.RecommendedAction}".TrimEnd() : null;

    /// <summary>
    /// What the catalogue of errors knows about it, in the language of the process; null when nothing failed or it is
    /// not known. Made anew with each call.
    /// </summary>
    public SmtpDiagnosis? Diagnosis =>
        Error is { } error
            ? ErrorCatalog.Default
                .Explain(error, culture: null, new DiagnosisContext { Server = Server })
                .FirstOrDefault()
            : null;

    /// <summary>What is worth knowing although it works.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The address behind the server's name; null when no connection was made.</summary>
    public IPEndPoint? RemoteAddress { get; init; }

    /// <summary>The address on this side; null when no connection was made.</summary>
    public IPEndPoint? LocalAddress { get; init; }

    /// <summary>The version of TLS; null without TLS.</summary>
    public SslProtocols? TlsProtocol { get; init; }

    /// <summary>How long all of it took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The conversation, secrets masked, if it was asked for.</summary>
    public IReadOnlyList<string> Transcript { get; init; } = [];

    private ProbeStageResult? Failure => Stages.FirstOrDefault(stage => stage.Verdict == ProbeVerdict.Failed);
}
