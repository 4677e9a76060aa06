namespace MailAdmin.Transports.Methods;

/// <summary>What is known of a method of sending; from <c>Data/methods.json</c> or a user's own file.</summary>
public sealed record SendMethodFacts
{
    /// <summary>Which one.</summary>
    public required SendMethodId Id { get; init; }

    /// <summary>Its name for people.</summary>
    public string Name { get; init; } = "";

    /// <summary>What it does, in a sentence.</summary>
    public string Summary { get; init; } = "";

    /// <summary>The service whose mailboxes it needs, as <c>Microsoft365</c>; null when any will do.</summary>
    public string? Provider { get; init; }

    /// <summary>The lowest is advised first.</summary>
    public required int Preference { get; init; }

    /// <summary>The server for each cloud; none where it is the MX endpoint of a domain, or one's own.</summary>
    public IReadOnlyDictionary<CloudEnvironment, string> Hosts { get; init; } =
        new Dictionary<CloudEnvironment, string>();

    /// <summary>True when the server is the MX endpoint of a domain.</summary>
    public bool UsesMx { get; init; }

    /// <summary>The server for devices without TLS 1.2; null for none.</summary>
    public string? LegacyTlsHost { get; init; }

    /// <summary>The ports, the advised one first.</summary>
    public required IReadOnlyList<int> Ports { get; init; }

    /// <summary>Whether TLS is needed.</summary>
    public required TlsNeed Tls { get; init; }

    /// <summary>How the sender is known.</summary>
    public required LoginKind Login { get; init; }

    /// <summary>Whether a password is enough.</summary>
    public BasicLogin BasicLogin { get; init; }

    /// <summary>Which sender addresses are allowed, in a sentence.</summary>
    public string From { get; init; } = "";

    /// <summary>True when the sender may be any address of the own domain.</summary>
    public bool AnyFrom { get; init; }

    /// <summary>True when it reaches people outside the organisation.</summary>
    public required bool External { get; init; }

    /// <summary>True when mail to own mailboxes skips most spam checks; null when that is not known.</summary>
    public bool? SkipsSpamChecks { get; init; }

    /// <summary>Whether a copy is kept.</summary>
    public required SentItemsCopy SentItems { get; init; }

    /// <summary>True when it works from the network of another company, such as a cloud provider.</summary>
    public required bool ThirdPartyHosting { get; init; }

    /// <summary>The limits of the rate; none that is published when empty.</summary>
    public IReadOnlyList<SendLimit> Limits { get; init; } = [];

    /// <summary>The most recipients of one message by default; null for none that is known.</summary>
    public int? RecipientsPerMessage { get; init; }

    /// <summary>The most connections at once; null for none that is known.</summary>
    public int? Connections { get; init; }

    /// <summary>The largest message in octets; null for none that is known.</summary>
    public long? MaxMessageOctets { get; init; }

    /// <summary>What must be there, as sentences.</summary>
    public IReadOnlyList<string> Needs { get; init; } = [];

    /// <summary>What else to know, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>How it is set up.</summary>
    public IReadOnlyList<SetUpStep> SetUp { get; init; } = [];

    /// <summary>True when a user name and a password, a token or a certificate must be given at the server.</summary>
    internal bool NeedsLogin => Login is LoginKind.Mailbox or LoginKind.Account or LoginKind.App;

    /// <summary>These facts, with the other's texts where they have none of their own.</summary>
    internal SendMethodFacts WithTextsOf(SendMethodFacts other) => this with
    {
        Name = Name.Length > 0 ? Name : other.Name,
        Summary = Summary.Length > 0 ? Summary : other.Summary,
        From = From.Length > 0 ? From : other.From,
        Needs = Needs.Count > 0 ? Needs : other.Needs,
        Notes = Notes.Count > 0 ? Notes : other.Notes,
        SetUp = SetUp.Count > 0 ? SetUp : other.SetUp,
    };
}
