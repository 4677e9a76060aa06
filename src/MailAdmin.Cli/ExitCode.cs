namespace MailAdmin.Cli;

/// <summary>What the process ends with: the numbers of BSD's <c>sysexits.h</c>, which mail software expects.</summary>
internal enum ExitCode
{
    /// <summary>EX_OK: everything was done.</summary>
    Ok = 0,

    /// <summary>EX_USAGE: the command line cannot be understood.</summary>
    Usage = 64,

    /// <summary>EX_DATAERR: an address, a header or a message is malformed.</summary>
    DataError = 65,

    /// <summary>EX_NOINPUT: a file to be read does not exist or cannot be read.</summary>
    NoInput = 66,

    /// <summary>EX_NOUSER: the server does not know a recipient.</summary>
    NoUser = 67,

    /// <summary>EX_NOHOST: the server's name does not resolve.</summary>
    NoHost = 68,

    /// <summary>EX_UNAVAILABLE: the server refused, or lacks what is needed.</summary>
    Unavailable = 69,

    /// <summary>EX_SOFTWARE: a defect of this program.</summary>
    Software = 70,

    /// <summary>EX_CANTCREAT: an output file cannot be made.</summary>
    CannotCreate = 73,

    /// <summary>EX_IOERR: reading or writing failed half-way.</summary>
    InputOutput = 74,

    /// <summary>EX_TEMPFAIL: the same attempt may succeed later.</summary>
    TemporaryFailure = 75,

    /// <summary>EX_PROTOCOL: the peer does not speak SMTP.</summary>
    Protocol = 76,

    /// <summary>EX_NOPERM: the credentials were refused or may not be used.</summary>
    NoPermission = 77,

    /// <summary>EX_CONFIG: TLS or a certificate is not set up as it must be.</summary>
    Configuration = 78,

    /// <summary>128 + SIGINT, as shells have it: stopped by the user.</summary>
    Interrupted = 130,
}
