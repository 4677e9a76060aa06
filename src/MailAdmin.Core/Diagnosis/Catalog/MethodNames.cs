namespace MailAdmin.Diagnosis.Catalog;

/// <summary>The names of the sending methods, as users type them.</summary>
internal static class MethodNames
{
    public static IReadOnlyList<string> All { get; } =
        ["Submission", "Relay", "DirectSend", "Hve", "Acs", "Gmail", "OnPremises", "Graph", "Pickup"];
}
