using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace MailAdmin.Cli.Output;

/// <summary>Writes one object on one line. Names are camelCase, what is not known is null.</summary>
internal static class JsonOutput
{
    private static readonly JsonShapes Shapes = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,

        // Names and subjects stay readable; the output is no HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static void Write(TextWriter output, ReportJson report) => Write(output, report, Shapes.ReportJson);

    public static void Write(TextWriter output, FailureJson failure) => Write(output, failure, Shapes.FailureJson);

    public static void Write(TextWriter output, DryRunJson plan) => Write(output, plan, Shapes.DryRunJson);

    public static void Write(TextWriter output, ReceivedJson message) => Write(output, message, Shapes.ReceivedJson);

    public static void Write(TextWriter output, DiagnosisJson diagnosis) =>
        Write(output, diagnosis, Shapes.DiagnosisJson);
    public static void Write(TextWriter output, MxJson endpoint) => Write(output, endpoint, Shapes.MxJson);

    public static void Write(TextWriter output, DomainJson report) => Write(output, report, Shapes.DomainJson);

    public static void Write(TextWriter output, ProbeJson result) => Write(output, result, Shapes.ProbeJson);

    public static void Write(TextWriter output, QueueItemJson item) => Write(output, item, Shapes.QueueItemJson);

    public static void Write(TextWriter output, DistributedJson item) => Write(output, item, Shapes.DistributedJson);

    public static void Write(TextWriter output, DistributorSummaryJson summary) =>
        Write(output, summary, Shapes.DistributorSummaryJson);

    private static void Write<T>(TextWriter output, T value, JsonTypeInfo<T> shape)
    {
        output.WriteLine(JsonSerializer.Serialize(value, shape));
        output.Flush();
    }
}
