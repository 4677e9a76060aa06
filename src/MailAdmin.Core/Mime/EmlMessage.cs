using MailAdmin.Addressing;
using MailAdmin.Mime.Attachments;
using MailAdmin.Mime.Composing;
using MailAdmin.Mime.Eml;
using MailAdmin.Mime.Headers;

namespace MailAdmin.Mime;

/// <summary>
/// A message that is there already, as an <c>.eml</c> file or from a stream. It goes out octet for octet, except that
/// Bcc and Resent-Bcc are left out, all lines end in CRLF, and an mbox line or byte order mark at its beginning is
/// dropped. It is read once when opened, and streamed when sent; it may be of any size.
/// </summary>
public sealed class EmlMessage : IMessageWriter, IAsyncDisposable
{
    private readonly EmlSource _source;
    private readonly EmlScanner _survey;
    private readonly EmlOptions _options;

    private EmlMessage(EmlSource source, EmlScanner survey, EmlOptions options)
    {
        _source = source;
        _survey = survey;
        _options = options;
        Headers = [.. survey.Header.Fields.Select(f => new MessageHeader(f.Name, f.Value))];
        MessageId = this["Message-ID"]?.Trim('<', '>') is { Length: > 0 } id ? id : null;
        Warnings = EmlWarnings.Of(survey, options.Reencode);
    }

    /// <inheritdoc/>
    public string? MessageId { get; }

    /// <summary>The header fields, decoded, Bcc among them.</summary>
    public IReadOnlyList<MessageHeader> Headers { get; }

    /// <summary>What sending will change, and what that breaks: sentences for the user.</summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The size of the message as it lies there, in octets.</summary>
    public long SourceLength => _survey.Length;

    /// <summary>The decoded value of the first field of a name, or null.</summary>
    public string? this[string name] =>
        Headers.FirstOrDefault(h => h.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value;

    /// <summary>Opens a file and surveys it.</summary>
    /// <exception cref="MessageException">
    /// MessageFileNotFound, MessageFileUnreadable, NotAMessage, InvalidMessageHeader or MessageHeaderTooLarge.
    /// </exception>
    public static ValueTask<EmlMessage> OpenAsync(
        string path, EmlOptions? options = null, CancellationToken cancellationToken = default) =>
        SurveyAsync(new FileEmlSource(path), options, cancellationToken);

    /// <summary>
    /// Reads a stream to its end and surveys it. More than 256 KiB go to a temporary file that only the owner can read;
    /// disposing the message deletes it.
    /// </summary>
    /// <exception cref="MessageException">NotAMessage, InvalidMessageHeader or MessageHeaderTooLarge.</exception>
    public static async ValueTask<EmlMessage> ReadAsync(
        Stream input, EmlOptions? options = null, CancellationToken cancellationToken = default)
    {
        var source = await SpooledEmlSource.CreateAsync(input, cancellationToken).ConfigureAwait(false);
        return await SurveyAsync(source, options, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// The envelope: what is passed, and for the rest what the headers say (Resent- fields before the others).
    /// </summary>
    /// <param name="reversePath">Where reports go; null is Sender, else From.</param>
    /// <param name="recipients">To whom; null is everybody in To, Cc and Bcc.</param>
    /// <param name="notify">When servers are to report.</param>
    /// <exception cref="AddressFormatException">A header that is needed holds something that is no address.</exception>
    /// <exception cref="MessageException">NoSender or NoRecipient.</exception>
    public Envelope ToEnvelope(
        EmailAddress? reversePath = null,
        IReadOnlyList<EmailAddress>? recipients = null,
        DsnNotify notify = DsnNotify.Unspecified)
    {
        var from = reversePath ?? EmlAddresses.Sender(_survey.Header.Fields) ?? throw DraftRules.NoSender();
        var to = (recipients ?? EmlAddresses.Recipients(_survey.Header.Fields))
            .Distinct()
            .Select(a => new EnvelopeRecipient(a, notify))
            .ToArray();
        return to.Length == 0 ? throw DraftRules.NoRecipient() : new Envelope(from, to);
    }

    /// <inheritdoc/>
    public async ValueTask<PreparedMessage> PrepareAsync(WireFormat format, CancellationToken cancellationToken)
    {
        var content = _source.Open();
        try
        {
            if (content.Length != _survey.Length)
            {
                throw new MessageException(
                    "MessageFileChanged",
                    MailErrorKind.InvalidInput,
                    $"The content of '{_source.Name}' changed after it was read first.",
                    "Send it again.");
            }

            var obstacle = EmlObstacles.First(_survey, format);
            if (obstacle is not null && !_options.Reencode)
            {
                throw obstacle;
            }

            var range = ContentRange.All(content, _source.Name);
            return obstacle is null
                ? EmlComposer.AsItIs(_survey, range)
                : await new EmlReencoder(_survey, range, format).ComposeAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await content.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async ValueTask<EmlMessage> SurveyAsync(
        EmlSource source, EmlOptions? options, CancellationToken cancellationToken)
    {
        try
        {
            var scanner = new EmlScanner();
            var content = source.Open();
            await using (content.ConfigureAwait(false))
            {
                await content.ReadAllAsync(piece => scanner.Feed(piece.Span), cancellationToken).ConfigureAwait(false);
            }

            scanner.Complete();
            EmlObstacles.CheckHeader(scanner.Header, source.Name);
            return new EmlMessage(source, scanner, options ?? new EmlOptions());
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
