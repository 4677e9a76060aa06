namespace MailAdmin.Queueing.Scheduling;

/// <summary>A file that a scheduler reads.</summary>
/// <param name="Path">Where it is to be.</param>
/// <param name="Text">What it holds.</param>
public sealed record ScheduledFile(string Path, string Text);
