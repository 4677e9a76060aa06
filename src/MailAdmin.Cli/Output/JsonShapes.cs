using System.Text.Json.Serialization;

namespace MailAdmin.Cli.Output;

/// <summary>The serialisers, made by the compiler so that no reflection delays the start.</summary>
[JsonSerializable(typeof(ReportJson))]
[JsonSerializable(typeof(FailureJson))]
[JsonSerializable(typeof(MxJson))]
[JsonSerializable(typeof(DryRunJson))]
[JsonSerializable(typeof(DomainJson))]
[JsonSerializable(typeof(ProbeJson))]
[JsonSerializable(typeof(ReceivedJson))]
[JsonSerializable(typeof(DiagnosisJson))]
[JsonSerializable(typeof(QueueItemJson))]
[JsonSerializable(typeof(DistributedJson))]
[JsonSerializable(typeof(DistributorSummaryJson))]
internal sealed partial class JsonShapes : JsonSerializerContext;
