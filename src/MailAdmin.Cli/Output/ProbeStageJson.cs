using MailAdmin.Probes;

namespace MailAdmin.Cli.Output;

/// <summary>One step of a test.</summary>
/// <param name="Stage">Such as <c>Auth</c>.</param>
/// <param name="Verdict">Passed, Warning, Failed, Skipped or NotReached.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Detail">What was seen.</param>
/// <param name="Reply">The server's last reply at this step, or null.</param>
internal sealed record ProbeStageJson(
    string Stage, string Verdict, double Milliseconds, string Detail, ReplyJson? Reply)
{
    public static ProbeStageJson Of(ProbeStageResult stage) => new(
        stage.Stage.ToString(),
        stage.Verdict.ToString(),
        Math.Round(stage.Duration.TotalMilliseconds, 1),
        stage.Detail,
        ReplyJson.Of(stage.Reply));
}
