using System.Net;
using System.Security.Authentication;
using MailAdmin.Diagnosis;
using MailAdmin.Smtp;

namespace MailAdmin.Transports;

/// <summary>What became of one message, with everything that an admin needs to follow it up.</summary>
public sealed record DeliveryReport
{
    /// <summary>The outcome as a whole.</summary>
    public required DeliveryStatus Status { get; init; }

    /// <summary>The way it went, such as <c>Smtp</c>.</summary>
    public required string Method { get; init; }

    /// <summary><c>host:port</c> as configured.</summary>
    public required string Server { get; init; }

    /// <summary>The address behind the name; null when no connection was made.</summary>
    public IPEndPoint? RemoteAddress { get; init; }

    /// <summary>The TLS version; null without TLS.</summary>
    public SslProtocols? TlsProtocol { get; init; }

    /// <summary>
    /// The last reply that decided the outcome, usually that to the end of the message; null when there was none.
    /// </summary>
    public SmtpReply? Reply { get; init; }

    /// <summary>
    /// The stage that decided: where the attempt failed, or <see cref="SmtpStage.EndOfData"/> when it was sent. Null
    /// without a session.
    /// </summary>
    public SmtpStage? Stage { get; init; }

    /// <summary>The message's own id without angle brackets; null when it has none.</summary>
    public string? MessageId { get; init; }

    /// <summary>Each recipient in the envelope's order.</summary>
    public required IReadOnlyList<RecipientOutcome> Recipients { get; init; }

    /// <summary>From the start of its first transaction, or of connecting for it, to its last reply.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The size in octets as sent, without dot-stuffing; 0 when it was never prepared.</summary>
    public long Size { get; init; }

    /// <summary>
    /// Why not every recipient has it; null when nothing else than replies to single recipients tells.
    /// </summary>
    public MailException? Error { get; init; }

    /// <summary>
    /// Why not every recipient has it and what to do, in the language of the process; null when all have it or nothing
    /// is known. Made anew with each call.
    /// </summary>
    public SmtpDiagnosis? Diagnosis => Explain(ErrorCatalog.Default).FirstOrDefault();

    /// <summary>What the user should know although it went out, as sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>
    /// Explains why not every recipient has it: by the failure as a whole, else by each recipient's own reply.
    /// </summary>
    /// <param name="catalog">What is known about errors.</param>
    /// <param name="culture">The name of the language's culture; null for that of the process.</param>
    /// <param name="context">What else is known; null when nothing is.</param>
    /// <returns>The causes; empty when all have it or nothing is known.</returns>
    public IReadOnlyList<SmtpDiagnosis> Explain(
        ErrorCatalog catalog, string? culture = null, DiagnosisContext? context = null)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        if (Status == DeliveryStatus.Sent)
        {
            return [];
        }

        if (Error is not null)
        {
            return catalog.Explain(Error, culture, context);
        }

        context ??= new DiagnosisContext();
        var refused = Recipients
            .Where(r => r.Reply is { Code: >= 400 })
            .SelectMany(r => catalog.Explain(r.Reply!, culture, context with { Recipient = r.Address.ToString() }))
            .ToList();
        return refused.Count > 0 || Reply is null ? refused : catalog.Explain(Reply, culture, context);
    }
}
