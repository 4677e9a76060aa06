using MailAdmin.Mime;
using MailAdmin.Transports;

namespace MailAdmin.Tests.Transports.Graph;

[Collection(nameof(ProcessMemory))]
public sealed class GraphMemoryTests
{
    [Fact]
    public async Task Thirty_megabytes_take_little_memory()
    {
        var path = Path.Combine(Path.GetTempPath(), $"mailadmin-{Guid.NewGuid():N}.bin");
        await File.WriteAllBytesAsync(path, GraphSamples.Octets(30_000_000));
        List<long> held = [];
        try
        {
            // Somebody else's process would hold what arrives, so the answers come from a script here.
            using var service = new ScriptedService(Answer) { KeepsBodies = false };
            await using var transport = GraphSamples.Transport(service);
            var message = GraphSamples.Message(GraphSamples.Draft(AttachmentSource.FromFile(path)));
            await transport.SendAsync(GraphSamples.Small(), null, CancellationToken.None);
            var before = GC.GetTotalMemory(forceFullCollection: true);

            var report = await transport.SendAsync(message, null, CancellationToken.None);

            Assert.Equal(DeliveryStatus.Sent, report.Status);
            Assert.InRange(held.Count, 10, 20);
            Assert.InRange(held.Max() - before, 0, 8_000_000);
        }
        finally
        {
            File.Delete(path);
        }

        HttpResponseMessage Answer(HttpRequestMessage request)
        {
            held.Add(GC.GetTotalMemory(forceFullCollection: true));
            return Reply(request);
        }

        static HttpResponseMessage Reply(HttpRequestMessage request) => request.RequestUri!.AbsolutePath switch
        {
            var path when path.EndsWith("/createUploadSession", StringComparison.Ordinal) =>
                ScriptedService.Json(201, """{"uploadUrl":"https://other.test/u?k=1","nextExpectedRanges":["0-"]}"""),
            "/u" => request.Content!.Headers.ContentRange is { To: { } to, Length: { } length } && to + 1 < length
                ? ScriptedService.Json(200, $$"""{"nextExpectedRanges":["{{to + 1}}-"]}""")
                : ScriptedService.Json(201, ""),
            var path when path.EndsWith("/messages", StringComparison.Ordinal) =>
                ScriptedService.Json(201, """{"id":"x"}"""),
            var path when path.EndsWith("/attachments", StringComparison.Ordinal) => ScriptedService.Json(201, "{}"),
            _ => ScriptedService.Json(202, ""),
        };
    }
}
