using MailAdmin.DomainChecks.Spf;

namespace MailAdmin.Tests.DomainChecks.Spf;

/// <summary>One case of the suite; several verdicts mean that the standard leaves the choice.</summary>
internal sealed record SpfSuiteCase(
    string Name,
    MemoryResolver Zone,
    SpfQuery Query,
    IReadOnlyList<SpfVerdict> Verdicts,
    string? Explanation);
