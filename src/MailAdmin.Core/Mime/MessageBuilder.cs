using MailAdmin.Mime.Composing;

namespace MailAdmin.Mime;

/// <summary>Turns drafts into messages: checks them, and gives them their date, Message-ID and boundaries.</summary>
/// <param name="clock">Where dates come from; null is the system's clock.</param>
/// <param name="random">Where Message-IDs and boundaries come from; null is the system's randomness.</param>
public sealed class MessageBuilder(TimeProvider? clock = null, IRandomSource? random = null)
{
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private readonly IRandomSource _random = random ?? SystemRandomSource.Instance;

    /// <summary>Makes the message. Files are not touched before it is prepared for a server.</summary>
    /// <exception cref="MessageException">
    /// A value holds CR, LF or NUL, or is no header name, Message-ID or content id.
    /// </exception>
    public RelayMessage Build(MessageDraft draft)
    {
        DraftRules.Check(draft);
        var date = draft.Date ?? _clock.GetLocalNow();
        var seed = MessageSeed.Create(_random);
        return new RelayMessage(draft, date, draft.MessageId?.Trim('<', '>') ?? seed.MessageId(date, draft.From), seed);
    }
}
