namespace MailAdmin.DomainChecks.Spf;

/// <summary>How the look at one term ended.</summary>
/// <param name="IsMatch">Whether the term fits the sender.</param>
/// <param name="Error">The error that ends the whole check, if one does.</param>
/// <param name="Fault">What it is about.</param>
internal readonly record struct SpfOutcome(bool IsMatch, SpfVerdict? Error = null, Phrase? Fault = null)
{
    public static SpfOutcome Permanent(Phrase fault) => new(false, SpfVerdict.PermError, fault);

    public static SpfOutcome Temporary(Phrase fault) => new(false, SpfVerdict.TempError, fault);
}
