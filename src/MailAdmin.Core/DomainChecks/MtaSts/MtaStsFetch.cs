namespace MailAdmin.DomainChecks.MtaSts;

/// <summary>A policy file, or why there is none.</summary>
public sealed record MtaStsFetch
{
    private MtaStsFetch()
    {
    }

    /// <summary>The file; null when it could not be had.</summary>
    public string? Text { get; private init; }

    /// <summary>Why it could not be had; null when it could.</summary>
    internal Phrase? Fault { get; private init; }

    /// <summary>The file came.</summary>
    public static MtaStsFetch Found(string text) => new() { Text = text };

    /// <summary>The web server answered with something else than 200.</summary>
    public static MtaStsFetch Status(int code) => new() { Fault = new Phrase("MtaStsHttpStatus", code) };

    /// <summary>The file is not of type text/plain.</summary>
    public static MtaStsFetch ContentType(string type) => new() { Fault = new Phrase("MtaStsContentType", type) };

    /// <summary>No HTTPS connection came about, its certificate was not good, or it broke.</summary>
    /// <param name="detail">What happened, in words.</param>
    public static MtaStsFetch Unreachable(string detail) => new() { Fault = new Phrase("MtaStsUnreachable", detail) };
}
