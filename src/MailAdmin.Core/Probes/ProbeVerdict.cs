namespace MailAdmin.Probes;

/// <summary>How a step of a probe, or the whole, ended.</summary>
public enum ProbeVerdict
{
    /// <summary>As it should.</summary>
    Passed,

    /// <summary>It works, and something about it is worth knowing.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Failed,

    /// <summary>There was nothing to test.</summary>
    Skipped,

    /// <summary>An earlier step failed, so this one was not tried.</summary>
    NotReached,
}
