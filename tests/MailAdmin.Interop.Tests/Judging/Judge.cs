using System.Text.Json;
using MailAdmin.Interop.Storage;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Judging;

/// <summary>Reads messages with Python's email package (judge.py), which knows nothing of our composer.</summary>
public static class Judge
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Converters = { new AddressConverter() },
    };

    /// <summary>Reads what was sent of a message that a server delivered.</summary>
    public static async Task<JudgedMessage> ReadAsync(StoredMessage stored) => (await ReadAsync([stored]))[0];

    /// <summary>Reads what was sent of several messages.</summary>
    public static Task<IReadOnlyList<JudgedMessage>> ReadAsync(IEnumerable<StoredMessage> stored) =>
        ReadAsync(stored.Select(message => $"{message.Path}@{message.ContentOffset}"));

    /// <summary>Reads several files, each named as judge.py wants it: the path, then <c>@</c> and an offset.</summary>
    public static async Task<IReadOnlyList<JudgedMessage>> ReadAsync(IEnumerable<string> files)
    {
        var result = await ExternalTool.Python.RunAsync([ExternalTool.Script("Judging/judge.py"), .. files]);
        return [.. result.EnsureSuccess().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JudgedMessage>(line, Format)!)];
    }
}
