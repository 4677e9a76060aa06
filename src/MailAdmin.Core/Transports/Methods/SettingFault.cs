namespace MailAdmin.Transports.Methods;

/// <summary>What is wrong with a setting of a device.</summary>
/// <param name="Setting">Which one: Server, Port, Security, Login, From or Recipients.</param>
/// <param name="Problem">What is wrong, as a sentence.</param>
/// <param name="Remedy">What to set in its place, as a sentence.</param>
public sealed record SettingFault(string Setting, string Problem, string Remedy)
{
    /// <summary>All in one line.</summary>
    public override string ToString() => $"{Setting}: {Problem} {Remedy}";
}
