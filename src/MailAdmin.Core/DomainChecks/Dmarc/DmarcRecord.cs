namespace MailAdmin.DomainChecks.Dmarc;

/// <summary>
/// A DMARC policy record (RFC 9989 §4.7, §4.8). Tags that are unknown or faulty are ignored, as the standard wants, and
/// named for people.
/// </summary>
public sealed record DmarcRecord
{
    internal const string Version = "DMARC1";

    private static readonly string[] KnownTags =
        ["v", "p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf"];

    private static readonly string[] DroppedTagNames = ["pct", "rf", "ri"];

    private DmarcRecord(string text) => Text = text;

    /// <summary>The record.</summary>
    public string Text { get; }

    /// <summary>The policy (<c>p=</c>); null when the tag is missing or faulty.</summary>
    public DmarcPolicy? Policy { get; private init; }

    /// <summary>The policy for subdomains that exist (<c>sp=</c>); null when it is that of the domain.</summary>
    public DmarcPolicy? SubdomainPolicy { get; private init; }

    /// <summary>The policy for subdomains that do not exist (<c>np=</c>); null when it is that of subdomains.</summary>
    public DmarcPolicy? NonexistentPolicy { get; private init; }

    /// <summary>
    /// True for a domain under which others register theirs (<c>psd=y</c>), false for one that says it is none.
    /// </summary>
    public bool? IsPublicSuffix { get; private init; }

    /// <summary>True when receivers are asked for one step less than the policy (<c>t=y</c>).</summary>
    public bool IsTesting { get; private init; }

    /// <summary>True when the domain of the signature must be that of the sender exactly (<c>adkim=s</c>).</summary>
    public bool IsDkimStrict { get; private init; }

    /// <summary>True when the domain of SPF must be that of the sender exactly (<c>aspf=s</c>).</summary>
    public bool IsSpfStrict { get; private init; }

    /// <summary>Where summaries go (<c>rua=</c>), usable addresses only.</summary>
    public IReadOnlyList<string> ReportUris { get; private init; } = [];

    /// <summary>Where reports of single failures go (<c>ruf=</c>), usable addresses only.</summary>
    public IReadOnlyList<string> FailureUris { get; private init; } = [];

    /// <summary>Tags of RFC 7489 that RFC 9989 has dropped: <c>pct</c>, <c>rf</c>, <c>ri</c>.</summary>
    public IReadOnlyList<string> DroppedTags { get; private init; } = [];

    /// <summary>What was ignored, and why.</summary>
    public IReadOnlyList<Phrase> Faults { get; private init; } = [];

    /// <summary>
    /// True when a policy tag is missing or faulty, which makes the record one that asks for nothing.
    /// </summary>
    public bool IsPolicyBroken { get; private init; }

    /// <summary>False when receivers must act as if there were no record: no policy, and nobody to report to.</summary>
    public bool IsUsable => !IsPolicyBroken || ReportUris.Count > 0;

    /// <summary>The record without the tags that have been dropped.</summary>
    internal string Modern => string.Join("; ", TagList.Read(Text).Tags
        .Where(tag => !DroppedTagNames.Contains(tag.Name))
        .Select(tag => $"{tag.Name}={tag.Value}"));

    internal static DmarcRecord Read(string text)
    {
        var tags = TagList.Read(text);
        List<Phrase> faults = [.. tags.Faults];
        foreach (var tag in tags.Tags.Where(tag => !KnownTags.Concat(DroppedTagNames).Contains(tag.Name)))
        {
            faults.Add(new Phrase("DmarcUnknownTag", tag.Name));
        }

        var policy = Choose(tags, "p", Policies, faults);
        var subdomains = Choose(tags, "sp", Policies, faults);
        var nonexistent = Choose(tags, "np", Policies, faults);
        return new DmarcRecord(text)
        {
            Policy = policy,
            SubdomainPolicy = subdomains,
            NonexistentPolicy = nonexistent,
            IsPolicyBroken = policy is null
                || (tags["sp"] is not null && subdomains is null)
                || (tags["np"] is not null && nonexistent is null),
            IsPublicSuffix = Choose(tags, "psd", [("y", 'y'), ("n", 'n'), ("u", 'u')], faults) switch
            {
                'y' => true,
                'n' => false,
                _ => null,
            },
            IsTesting = Choose(tags, "t", [("y", true), ("n", false)], faults) ?? false,
            IsDkimStrict = Choose(tags, "adkim", [("s", true), ("r", false)], faults) ?? false,
            IsSpfStrict = Choose(tags, "aspf", [("s", true), ("r", false)], faults) ?? false,
            ReportUris = DmarcUris.Read(tags, "rua", faults),
            FailureUris = DmarcUris.Read(tags, "ruf", faults),
            DroppedTags = [.. DroppedTagNames.Where(name => tags[name] is not null)],
            Faults = faults,
        };
    }

    /// <summary>What the record asks for (RFC 9989 §4.10.1).</summary>
    /// <param name="isOwn">Whether it is the record of the very domain.</param>
    /// <param name="exists">Whether that domain exists.</param>
    internal DmarcPolicy Applied(bool isOwn, bool exists)
    {
        if (IsPolicyBroken)
        {
            return DmarcPolicy.None;
        }

        var policy = isOwn ? Policy!.Value
            : exists ? SubdomainPolicy ?? Policy!.Value
            : NonexistentPolicy ?? SubdomainPolicy ?? Policy!.Value;
        return IsTesting && policy != DmarcPolicy.None ? policy - 1 : policy;
    }

    private static readonly (string, DmarcPolicy)[] Policies =
        [("none", DmarcPolicy.None), ("quarantine", DmarcPolicy.Quarantine), ("reject", DmarcPolicy.Reject)];

    private static T? Choose<T>(TagList tags, string name, (string Text, T Value)[] choices, List<Phrase> faults)
        where T : struct
    {
        if (tags[name] is not { } text)
        {
            return null;
        }

        foreach (var choice in choices)
        {
            if (choice.Text.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return choice.Value;
            }
        }

        faults.Add(new Phrase("DmarcValue", name, text, string.Join(", ", choices.Select(choice => choice.Text))));
        return null;
    }
}
