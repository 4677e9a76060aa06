namespace MailAdmin.Interop.Servers;

/// <summary>The logins that every server with AUTH knows.</summary>
internal static class Accounts
{
    /// <summary>A login of ASCII letters, with a space and a quote in its password.</summary>
    public static (string User, string Password) Plain { get; } = ("alice", "correct horse's");

    /// <summary>A login with letters beyond ASCII in both (RFC 4616 has them in UTF-8).</summary>
    public static (string User, string Password) International { get; } = ("bjørn@example.test", "pässwörd €");

    public static IReadOnlyList<(string User, string Password)> All { get; } = [Plain, International];
}
