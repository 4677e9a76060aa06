using System.Text.RegularExpressions;
using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Servers;

namespace MailAdmin.Interop.Sending;

/// <summary>Our client with Postfix.</summary>
[Collection(nameof(PostfixServer))]
public sealed class PostfixSendingTests(PostfixServer postfix) : Utf8SendingContract(postfix, ServerAbilities.Postfix)
{
    /// <inheritdoc/>
    protected override Regex QueueId { get; } = new(@"queued as (\w+)");

    /// <inheritdoc/>
    protected override int PlainPort => postfix.Port(PostfixService.Plain);

    /// <inheritdoc/>
    protected override int Port(MessageCase wanted) => postfix.Port((wanted.Security, wanted.Login) switch
    {
        (SecurityKind.Implicit, _) => PostfixService.ImplicitTls,
        (SecurityKind.StartTls, LoginKind.None) => PostfixService.Relay,
        (SecurityKind.StartTls, _) => PostfixService.Submission,
        (_, LoginKind.None) => PostfixService.Plain,
        _ => PostfixService.PlainLogin,
    });
}
