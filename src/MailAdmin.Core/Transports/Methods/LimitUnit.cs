namespace MailAdmin.Transports.Methods;

/// <summary>What a limit counts.</summary>
public enum LimitUnit
{
    /// <summary>Messages, whatever the number of their recipients.</summary>
    Messages,

    /// <summary>Recipients of all messages together.</summary>
    Recipients,
}
