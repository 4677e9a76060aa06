using System.Globalization;
using System.Text.Json;

namespace MailAdmin.Interop.Tools;

/// <summary>Python's SMTP client.</summary>
public static class Smtplib
{
    /// <summary>Sends a message and returns the refused recipients with their reply codes.</summary>
    public static async Task<IReadOnlyDictionary<string, int>> SendAsync(
        ReadOnlyMemory<byte> message,
        int port,
        params string[] options)
    {
        var result = await ExternalTool.Python.RunAsync(
            message,
            [ExternalTool.Script("Tools/smtplib_send.py"), port.ToString(CultureInfo.InvariantCulture), .. options]);
        return JsonSerializer.Deserialize<Dictionary<string, int>>(result.EnsureSuccess().Output)!;
    }
}
