namespace MailAdmin.Identity.Secrets;

/// <summary>A secret at rest cannot be read, or cannot be kept safely.</summary>
public sealed class SecretException : MailException
{
    private SecretException(string errorId, MailErrorKind kind, string message, string action, Exception? cause = null)
        : base(errorId, kind, message, action, cause)
    {
    }

    internal static SecretException FromElsewhere(SecretLabel label, Exception? cause = null) => new(
        "SecretFromElsewhere",
        MailErrorKind.Authentication,
        $"{Sentence(label)} was protected in another environment and cannot be read in this one.",
        $"Secrets do not move with a store. Enter it again: {label.Command}",
        cause);

    internal static SecretException Damaged(SecretLabel label, Exception? cause = null) => new(
        "SecretDamaged",
        MailErrorKind.InvalidInput,
        $"{Sentence(label)} is damaged where it is stored.",
        $"Enter it again: {label.Command}",
        cause);

    internal static SecretException Newer(SecretLabel label) => new(
        "SecretFromNewerVersion",
        MailErrorKind.NotSupported,
        $"{Sentence(label)} was stored by a newer version of MailAdmin.",
        $"Use that version, or enter it again: {label.Command}");

    internal static SecretException TooLong(int length) => new(
        "SecretTooLong",
        MailErrorKind.InvalidInput,
        $"A secret of {length} octets is longer than any secret; {ProtectedSecret.MaxSecretLength} are allowed.",
        "Check that the right value was passed.");

    internal static SecretException KeyFileOpen(string path, string mode, string wanted) => new(
        "SecretKeyFileOpen",
        MailErrorKind.Authentication,
        $"Others than its owner can get at the key file '{path}' (its mode is {mode}), so it is not used.",
        $"If nobody else has read it, close it: chmod {wanted} '{path}'. Otherwise change the secrets, delete the file "
        + "and enter the secrets again.");

    internal static SecretException KeyFileDamaged(string path) => new(
        "SecretKeyFileDamaged",
        MailErrorKind.InvalidInput,
        $"The file '{path}' does not hold a key of MailAdmin.",
        "Put the right file back from a backup; or move it away and enter the secrets again.");

    internal static SecretException KeyFileUnusable(string path, Exception cause) => new(
        "SecretKeyFileUnusable",
        MailErrorKind.NotFound,
        $"The key file '{path}' cannot be used: {cause.Message}",
        "Run as the account that owns the store; for a store of the whole machine, as a member of its group.",
        cause);

    internal static SecretException SystemRefused(Exception cause) => new(
        "SecretProtectionRefused",
        MailErrorKind.NotSupported,
        $"Windows cannot protect secrets for this account: {cause.Message}",
        "DPAPI needs the account's profile to be loaded; run the task with an account that has one.",
        cause);

    private static string Sentence(SecretLabel label) =>
        label.Name.Length == 0 ? "A secret" : char.ToUpperInvariant(label.Name[0]) + label.Name[1..];
}
