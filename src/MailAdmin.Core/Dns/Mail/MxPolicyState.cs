namespace MailAdmin.Dns.Mail;

/// <summary>What the MTA-STS policy of a domain asks of those who send to it (RFC 8461 §5).</summary>
public enum MxPolicyState
{
    /// <summary>Nothing: the domain publishes no policy.</summary>
    NotPublished,

    /// <summary>Nothing as yet: there is a policy that senders cannot fetch or read.</summary>
    Unusable,

    /// <summary>Nothing any more: the policy's mode is <c>none</c>.</summary>
    Off,

    /// <summary>To report hosts that do not fit, and to deliver all the same.</summary>
    Testing,

    /// <summary>Not to deliver to hosts that do not fit.</summary>
    Enforced,
}
