namespace MailAdmin.Diagnosis.Reading;

/// <summary>Finds addresses at known places of replies and log lines. What it finds is not checked.</summary>
internal static class AddressFinder
{
    private const string NotAllowed = " not allowed to send as ";

    /// <summary>
    /// What stands behind a label, such as <c>to=&lt;</c>, up to the closing bracket; null when there is none.
    /// </summary>
    public static string? After(string text, string label, char end = '>')
    {
        var start = text.IndexOf(label, StringComparison.Ordinal);
        if (start < 0)
        {
            return null;
        }

        start += label.Length;
        var length = text.AsSpan(start).IndexOf(end);
        return length > 0 ? text.Substring(start, length) : null;
    }

    /// <summary>The first address in angle brackets, or null.</summary>
    public static string? InBrackets(string text)
    {
        for (var start = text.IndexOf('<'); start >= 0; start = text.IndexOf('<', start + 1))
        {
            var length = text.AsSpan(start + 1).IndexOf('>');
            if (length > 0 && text.AsSpan(start + 1, length) is var address && address.Contains('@') &&
                !address.Contains(' '))
            {
                return address.ToString();
            }
        }

        return null;
    }

    /// <summary>Login and sender in Exchange's <c>u@x not allowed to send as s@x;</c>.</summary>
    public static (string? User, string? Sender) SendAs(string text)
    {
        var middle = text.IndexOf(NotAllowed, StringComparison.OrdinalIgnoreCase);
        if (middle < 0)
        {
            return default;
        }

        var user = text[..middle];
        var sender = text[(middle + NotAllowed.Length)..];
        var end = sender.AsSpan().IndexOfAny(' ', ';', ',');
        return (user[(user.LastIndexOf(' ') + 1)..], end < 0 ? sender : sender[..end]);
    }
}
