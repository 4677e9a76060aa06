namespace MailAdmin.Probes;

/// <summary>Says where IPv4 and IPv6 lead to different answers.</summary>
internal static class FamilyDifferences
{
    public static IEnumerable<string> Explain(IReadOnlyList<SmtpRelayAttempt> attempts)
    {
        if (attempts.Count < 2)
        {
            yield break;
        }

        foreach (var lost in attempts.Where(a => a.RemoteAddress is null))
        {
            yield return $"One version of IP does not reach the server: {lost.Error?.Message} A sender tries both, so "
                + "this costs time only.";
        }

        var reached = attempts.Where(a => a.RemoteAddress is not null).ToArray();
        if (reached.Select(Answer).Distinct(StringComparer.Ordinal).Count() > 1)
        {
            var answers = string.Join("; ", reached.Select(a => $"over {a.IPVersion} {Answer(a)}"));
            yield return $"The answer depends on the version of IP: {answers}. Add both addresses to the connector or "
                + "the relay's list and to SPF, or send over one version only (-AddressFamily).";
        }
    }

    private static string Answer(SmtpRelayAttempt attempt) =>
        attempt.IsAccepted ? "accepted"
        : attempt.Stages.FirstOrDefault(s => s.Verdict == ProbeVerdict.Failed) is { } failed
            ? $"{failed.Stage}: {failed.Reply?.ToString() ?? failed.Detail}"
        : "not asked";
}
