using System.Diagnostics;
using System.Text.Json;

namespace MailAdmin.Interop.Tests.Mime;

/// <summary>Python's email package, which reads messages and says what it understood.</summary>
internal static class PythonJudge
{
    public static async Task<JsonElement> ReadAsync(string folder)
    {
        using var python = Start(Path.Combine(AppContext.BaseDirectory, "Mime", "judge.py"), folder);
        Skip.If(python is null, "python3 is not installed.");
        var output = python.StandardOutput.ReadToEndAsync();
        var errors = python.StandardError.ReadToEndAsync();
        await python.WaitForExitAsync();
        Assert.True(python.ExitCode == 0, await errors);
        return JsonDocument.Parse(await output).RootElement;
    }

    private static Process? Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("python3", arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            return Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
