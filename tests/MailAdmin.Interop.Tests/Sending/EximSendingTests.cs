using MailAdmin.Interop.Cases;
using MailAdmin.Interop.Servers;

namespace MailAdmin.Interop.Sending;

/// <summary>Our client with Exim.</summary>
[Collection(nameof(EximServer))]
public sealed class EximSendingTests(EximServer exim) : SendingContract(exim, ServerAbilities.Exim)
{
    /// <inheritdoc/>
    protected override int PlainPort => exim.Port(EximService.Relay);

    /// <inheritdoc/>
    protected override int Port(MessageCase wanted) => exim.Port((wanted.Security, wanted.Login) switch
    {
        (SecurityKind.Implicit, _) => EximService.ImplicitTls,
        (_, LoginKind.None) => EximService.Relay,
        _ => EximService.Submission,
    });
}
