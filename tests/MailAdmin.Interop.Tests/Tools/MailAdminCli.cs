namespace MailAdmin.Interop.Tools;

/// <summary>Our command-line program as a process of its own.</summary>
internal static class MailAdminCli
{
    private static readonly string Dotnet = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static readonly ExternalTool Env = new("env");

    /// <summary>Runs it.</summary>
    /// <param name="variables">
    /// As <c>NAME=value</c>: set for this process alone, before any library of it starts.
    /// </param>
    /// <param name="input">Standard input.</param>
    /// <param name="arguments">The command and its options.</param>
    public static Task<ToolResult> RunAsync(
        IReadOnlyList<string> variables, ReadOnlyMemory<byte> input, params string[] arguments) =>
        Env.RunAsync(input, [.. variables, Dotnet, ExternalTool.Script("mailadmin.dll"), .. arguments]);
}
