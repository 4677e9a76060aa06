namespace MailAdmin.Interop.Tools;

/// <summary>How a program ended and what it said.</summary>
public sealed record ToolResult(string Command, int ExitCode, string Output, string Errors)
{
    /// <summary>Fails the test, with all that the program said, unless it ended well.</summary>
    public ToolResult EnsureSuccess()
    {
        Assert.True(ExitCode == 0, $"{Command} ended with {ExitCode}.\n{Output}\n{Errors}");
        return this;
    }
}
