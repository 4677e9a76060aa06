using System.Collections.Frozen;

namespace MailAdmin.Mime.Headers;

/// <summary>What kind of value a field has, by its name (RFC 5322 §3.6, RFC 2045, RFC 8098).</summary>
internal static class FieldKinds
{
    private static readonly FrozenSet<string> Addresses = new[]
    {
        "From", "Sender", "Reply-To", "To", "Cc", "Resent-From", "Resent-Sender", "Resent-To", "Resent-Cc",
        "Disposition-Notification-To", "Return-Receipt-To", "Errors-To", "Mail-Followup-To", "Mail-Reply-To",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Texts = new[]
    {
        "Subject", "Comments", "Keywords", "Content-Description", "Organization", "Thread-Topic",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>A list of mailboxes.</summary>
    public static bool IsAddress(string name) => Addresses.Contains(name);

    /// <summary>A value with parameters.</summary>
    public static bool HasParameters(string name) =>
        name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase) ||
        name.Equals("Content-Disposition", StringComparison.OrdinalIgnoreCase);

    /// <summary>The longest word that is left as it is in a field of free text.</summary>
    public static int MaxWord(string name) =>
        Texts.Contains(name) ? UnstructuredWriter.MaxWordForPeople : UnstructuredWriter.MaxWordForPrograms;
}
