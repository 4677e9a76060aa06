namespace MailAdmin.Transports.Methods;

/// <summary>A method of sending, judged by what is wished or by how a device is set up.</summary>
public sealed record SendMethod
{
    /// <summary>Everything that the catalogue knows of it.</summary>
    public required SendMethodFacts Facts { get; init; }

    /// <summary>Which one.</summary>
    public SendMethodId Id => Facts.Id;

    /// <summary>Its name for people.</summary>
    public string Name => Facts.Name;

    /// <summary>What it does, in a sentence.</summary>
    public string Summary => Facts.Summary;

    /// <summary>Its place among the methods, from 1; 0 for a device's settings.</summary>
    public int Rank { get; init; }

    /// <summary>Whether it fits.</summary>
    public SendMethodVerdict Verdict { get; init; }

    /// <summary>Why.</summary>
    public IReadOnlyList<MethodReason> Reasons { get; init; } = [];

    /// <summary>
    /// What is wrong with a device's settings; empty when nothing is, and for methods that are only advised.
    /// </summary>
    public IReadOnlyList<SettingFault> Faults { get; init; } = [];

    /// <summary>The server; null when it depends on a domain that was not given, or is one's own.</summary>
    public string? Host { get; init; }

    /// <summary>The ports, the advised one first.</summary>
    public IReadOnlyList<int> Ports => Facts.Ports;

    /// <summary>Whether TLS is needed.</summary>
    public TlsNeed Tls => Facts.Tls;

    /// <summary>How the sender is known.</summary>
    public LoginKind Login => Facts.Login;

    /// <summary>Which sender addresses are allowed.</summary>
    public string From => Facts.From;

    /// <summary>True when it reaches people outside the organisation.</summary>
    public bool External => Facts.External;

    /// <summary>The limits of the rate.</summary>
    public IReadOnlyList<SendLimit> Limits => Facts.Limits;

    /// <summary>All limits in words: of the rate, of the recipients of a message, of connections.</summary>
    public IReadOnlyList<string> LimitTexts { get; init; } = [];

    /// <summary>What must be there.</summary>
    public IReadOnlyList<string> Needs => Facts.Needs;

    /// <summary>What else to know.</summary>
    public IReadOnlyList<string> Notes => Facts.Notes;

    /// <summary>How it is set up, with what is known of the user's own put in.</summary>
    public IReadOnlyList<SetUpStep> SetUp { get; init; } = [];

    /// <summary>The day on which the facts were last compared with what the provider says.</summary>
    public required DateOnly AsOf { get; init; }
}
