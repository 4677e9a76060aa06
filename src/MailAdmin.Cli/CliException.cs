namespace MailAdmin.Cli;

/// <summary>A failure that only the command line knows, with the exit code that it earns.</summary>
internal sealed class CliException(
    ExitCode exitCode,
    string errorId,
    MailErrorKind kind,
    string message,
    string recommendedAction,
    Exception? innerException = null)
    : MailException(errorId, kind, message, recommendedAction, innerException)
{
    public ExitCode ExitCode { get; } = exitCode;

    /// <summary>Options that are missing, contradict each other or have an unusable value.</summary>
    public static CliException Usage(string message, string recommendedAction) =>
        new(ExitCode.Usage, "InvalidCommandLine", MailErrorKind.InvalidInput, message, recommendedAction);

    /// <summary>A file that was named cannot be read.</summary>
    public static CliException Unreadable(string path, string purpose, Exception cause) =>
        new(
            ExitCode.NoInput,
            "InputFileUnreadable",
            MailErrorKind.NotFound,
            $"The {purpose} '{path}' cannot be read: {cause.Message.TrimEnd('.')}.",
            "Check the path and the permissions of the file.",
            cause);

    /// <summary>A file or folder that was named cannot be made or written.</summary>
    public static CliException Uncreatable(string path, string purpose, Exception cause) =>
        new(
            ExitCode.CannotCreate,
            "OutputFileNotCreated",
            MailErrorKind.NotFound,
            $"The {purpose} '{path}' cannot be made: {cause.Message.TrimEnd('.')}.",
            "Check that the folder exists and that you may write to it.",
            cause);
}
