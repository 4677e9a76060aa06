using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>
/// The policy file (RFC 8461 §3.2): lines of <c>key: value</c>, of which only <c>mx</c> may come more than once.
/// </summary>
public sealed record MtaStsPolicy
{
    internal const string Version = "STSv1";
    private const string Wildcard = "*.";
    private const long MostSeconds = 31_557_600;

    private static readonly (string Text, MtaStsMode Mode)[] Modes =
        [("enforce", MtaStsMode.Enforce), ("testing", MtaStsMode.Testing), ("none", MtaStsMode.None)];

    private MtaStsPolicy()
    {
    }

    /// <summary>What senders do with hosts that do not fit.</summary>
    public MtaStsMode Mode { get; private init; }

    /// <summary>How long senders keep the policy; at most a year.</summary>
    public TimeSpan MaxAge { get; private init; }

    /// <summary>The hosts that fit: names, or <c>*.</c> and a domain for the names with one label more.</summary>
    public IReadOnlyList<string> MxPatterns { get; private init; } = [];

    /// <summary>True when a host fits one of the patterns (RFC 8461 §4.1).</summary>
    public bool Covers(DnsName host)
    {
        ArgumentNullException.ThrowIfNull(host);
        return MxPatterns.Any(pattern => pattern.StartsWith(Wildcard, StringComparison.Ordinal)
            ? !host.IsRoot && host.Parent.Equals(DnsName.Parse(pattern[Wildcard.Length..]))
            : host.Equals(DnsName.Parse(pattern)));
    }

    /// <summary>Words for a host that fits none of the patterns.</summary>
    internal Phrase Misses(DnsName host) =>
        new Phrase("MtaStsHostNotCovered", host.ToString(), string.Join(", ", MxPatterns));

    /// <summary>Reads the file; on failure <paramref name="fault"/> says what is wrong.</summary>
    internal static bool TryParse(
        string text,
        [NotNullWhen(true)] out MtaStsPolicy? policy,
        [NotNullWhen(false)] out Phrase? fault)
    {
        policy = null;
        Dictionary<string, string> fields = [];
        List<string> patterns = [];
        foreach (var line in text.Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Trim().Length > 0))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0)
            {
                fault = new Phrase("MtaStsLine", line);
                return false;
            }

            var (key, value) = (line[..colon], line[(colon + 1)..].Trim());
            if (key == "mx")
            {
                patterns.Add(value);
            }
            else
            {
                // The first of several counts (RFC 8461 §3.2).
                fields.TryAdd(key, value);
            }
        }

        fault = Fault(fields, patterns, out var mode, out var seconds);
        if (fault is not null)
        {
            return false;
        }

        policy = new MtaStsPolicy { Mode = mode, MaxAge = TimeSpan.FromSeconds(seconds), MxPatterns = patterns };
        return true;
    }

    private static Phrase? Fault(
        Dictionary<string, string> fields,
        List<string> patterns,
        out MtaStsMode mode,
        out long seconds)
    {
        seconds = 0;
        var choice = Array.Find(Modes, choice => choice.Text == fields.GetValueOrDefault("mode"));
        mode = choice.Mode;
        if (fields.GetValueOrDefault("version") != Version)
        {
            return new Phrase("MtaStsFileVersion");
        }

        if (choice.Text is null)
        {
            return new Phrase("MtaStsMode", fields.GetValueOrDefault("mode") ?? "");
        }

        var age = fields.GetValueOrDefault("max_age") ?? "";
        if (!long.TryParse(age, NumberStyles.None, CultureInfo.InvariantCulture, out seconds) || seconds > MostSeconds)
        {
            return new Phrase("MtaStsMaxAge", age, MostSeconds);
        }

        if (patterns.Count == 0 && mode != MtaStsMode.None)
        {
            return new Phrase("MtaStsNoMx");
        }

        return patterns.Find(pattern => !IsPattern(pattern)) is { } bad ? new Phrase("MtaStsPattern", bad) : null;
    }

    private static bool IsPattern(string pattern)
    {
        var name = pattern.StartsWith(Wildcard, StringComparison.Ordinal) ? pattern[Wildcard.Length..] : pattern;
        return DomainName.TryParse(name, out var domain, out _) && !domain.IsLiteral;
    }
}
