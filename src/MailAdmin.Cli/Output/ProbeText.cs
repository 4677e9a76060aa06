using System.Globalization;
using MailAdmin.Diagnosis;
using MailAdmin.Probes;
using MailAdmin.Probes.Tls;

namespace MailAdmin.Cli.Output;

/// <summary>The test of a server for people: the steps, what was found, and what to do.</summary>
internal static class ProbeText
{
    public static IEnumerable<string> Lines(ProbeResult result)
    {
        var outcome = result.FailedStage is { } stage ? $"failed at {stage}" : "passed";
        yield return string.Create(
            CultureInfo.InvariantCulture, $"{result.Server}: {outcome}, {result.Duration.TotalSeconds:0.00} s");
        foreach (var line in result.Stages.Select(Line).Concat(Findings(result)).Concat(Advice(result)))
        {
            yield return $"  {line}";
        }
    }

    private static string Line(ProbeStageResult stage)
    {
        var time = stage.Verdict is ProbeVerdict.Skipped or ProbeVerdict.NotReached
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{stage.Duration.TotalMilliseconds:0} ms");
        return $"{stage.Stage,-11}  {Word(stage.Verdict),-11}  {time,8}  {stage.Detail}";
    }

    private static IEnumerable<string> Findings(ProbeResult result) => result switch
    {
        SmtpAuthResult auth => About(auth),
        SmtpRelayResult relay => About(relay),
        SmtpTlsResult tls => About(tls),
        _ => [],
    };

    private static IEnumerable<string> About(SmtpAuthResult auth)
    {
        if (auth.OfferedMechanisms.Count > 0)
        {
            yield return $"Logins offered: {string.Join(' ', auth.OfferedMechanisms)}";
        }

        if (auth.MaySendAs is { } may)
        {
            yield return $"May send as {auth.From}: {(may ? "yes" : "no")}";
        }
    }

    private static IEnumerable<string> About(SmtpRelayResult relay)
    {
        var verdict = relay.IsAccepted ? "accepted" : "not accepted";
        yield return $"{relay.From?.ToString() ?? "<>"} to {relay.To}: {verdict}";
        yield return $"Method: {relay.Method}. {relay.MethodReason}";
        if (relay.SeenAddress is { } seen)
        {
            yield return $"Seen as {seen}";
        }

        foreach (var attempt in relay.Attempts.Where(_ => relay.Attempts.Count > 1))
        {
            yield return $"{attempt.IPVersion} {attempt.RemoteAddress}: "
                + (attempt.IsAccepted ? "accepted" : $"{attempt.FailedStage}: {attempt.Error?.Message}");
        }
    }

    private static IEnumerable<string> About(SmtpTlsResult tls)
    {
        foreach (var version in tls.Versions)
        {
            yield return $"{version.Name}: {Word(version)}";
        }

        if (tls.CertificateNames.Count > 0)
        {
            var until = string.Create(CultureInfo.InvariantCulture, $"{tls.ExpiresAt:yyyy-MM-dd}");
            yield return $"Certificate: {string.Join(", ", tls.CertificateNames)}; valid until {until}";
            yield return $"Chain: {string.Join(" < ", tls.Chain)}";
        }

        if (tls.Dane.Outcome != DaneOutcome.NotChecked)
        {
            yield return $"DANE: {tls.Dane.Outcome}";
        }
    }

    private static IEnumerable<string> Advice(ProbeResult result)
    {
        foreach (var warning in result.Warnings)
        {
            yield return $"! {warning}";
        }

        if (result.Diagnosis is { Confidence: not DiagnosisConfidence.General } diagnosis)
        {
            foreach (var line in DiagnosisText.Advice(diagnosis))
            {
                yield return line.TrimStart();
            }
        }
        else if (result.Error?.RecommendedAction is { } remedy)
        {
            yield return remedy;
        }
    }

    private static string Word(TlsVersionResult version) => version.IsSupported switch
    {
        true => $"yes, {string.Join(' ', version.CipherSuites.Select(cipher => cipher.Suite))}",
        false => $"no ({version.Detail})",
        null => $"not known ({version.Detail})",
    };

    private static string Word(ProbeVerdict verdict) => verdict switch
    {
        ProbeVerdict.Passed => "passed",
        ProbeVerdict.Warning => "warning",
        ProbeVerdict.Failed => "FAILED",
        ProbeVerdict.Skipped => "skipped",
        _ => "not reached",
    };
}
