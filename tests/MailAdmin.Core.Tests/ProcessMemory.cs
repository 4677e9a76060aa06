namespace MailAdmin.Tests;

/// <summary>The tests that measure the memory of the process: what runs beside them would count as theirs.</summary>
[CollectionDefinition(nameof(ProcessMemory), DisableParallelization = true)]
public sealed class ProcessMemory;
