namespace MailAdmin.Throttling;

/// <summary>What the gate says to a message: <see cref="ThrottleGranted"/> or <see cref="ThrottleDeferred"/>.</summary>
public abstract record ThrottleDecision
{
    private protected ThrottleDecision()
    {
    }
}
