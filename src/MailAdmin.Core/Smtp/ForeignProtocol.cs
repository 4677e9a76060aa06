namespace MailAdmin.Smtp;

/// <summary>Names the service that was met where an SMTP server was expected, from its first line.</summary>
internal static class ForeignProtocol
{
    private static readonly (string Prefix, string Name)[] Banners =
    [
        ("HTTP/", "answered like a web server (HTTP)"),
        ("<", "answered like a web server (HTTP)"),
        ("SSH-", "answered like an SSH server"),
        ("+OK", "answered like a POP3 server"),
        ("-ERR", "answered like a POP3 server"),
        ("* OK", "answered like an IMAP server"),
        ("* PREAUTH", "answered like an IMAP server"),
        ("* BYE", "answered like an IMAP server"),
        ("RFB ", "answered like a VNC server"),
    ];

    /// <summary>A predicate for a sentence whose subject is the server.</summary>
    internal static string Describe(string firstLine)
    {
        foreach (var (prefix, name) in Banners)
        {
            if (firstLine.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                return name;
            }
        }

        return firstLine.Length == 0 ? "began with an empty line" : $"began with '{firstLine}'";
    }
}
