using MailAdmin.Transports;

namespace MailAdmin.Cli.Output;

/// <summary>One recipient's outcome.</summary>
/// <param name="Address">The address in Unicode.</param>
/// <param name="Status">Accepted, Refused, Deferred or NotTried.</param>
/// <param name="Reply">What the server said to it.</param>
internal sealed record RecipientJson(string Address, string Status, ReplyJson? Reply)
{
    public static RecipientJson Of(RecipientOutcome outcome) =>
        new(outcome.Address.ToString(), outcome.Status.ToString(), ReplyJson.Of(outcome.Reply));
}
