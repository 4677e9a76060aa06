namespace MailAdmin.Addressing;

/// <summary>When the server is to report on a recipient (RFC 3461 §4.1).</summary>
[Flags]
public enum DsnNotify
{
    /// <summary>The server's own default: the parameter is not sent.</summary>
    Unspecified = 0,

    /// <summary>Never; excludes the others.</summary>
    Never = 1,

    /// <summary>On delivery.</summary>
    Success = 2,

    /// <summary>On failure.</summary>
    Failure = 4,

    /// <summary>On delay.</summary>
    Delay = 8,
}
