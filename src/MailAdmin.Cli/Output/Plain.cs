namespace MailAdmin.Cli.Output;

/// <summary>Text of a server or of a message on its way to a terminal, which must not obey what is in it.</summary>
internal static class Plain
{
    /// <summary>One line without control characters.</summary>
    public static string Line(string text) =>
        text.Any(IsUnsafe) ? string.Concat(text.Select(c => IsUnsafe(c) ? ' ' : c)) : text;

    // The bidirectional overrides count too: they make a line read as something else.
    private static bool IsUnsafe(char c) =>
        char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
