namespace MailAdmin.Tests.Probes;

/// <summary>Tests of time run by themselves.</summary>
[CollectionDefinition(nameof(StageTimeCollection), DisableParallelization = true)]
public sealed class StageTimeCollection;
