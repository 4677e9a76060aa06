using MailAdmin.Cli.Output;
using MailAdmin.Cli.Parsing;
using MailAdmin.Mime;
using MailAdmin.Transports;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Cli.Sending;

/// <summary>Says who would get what through which server. Files are read, so that a missing attachment shows.</summary>
internal static class DryRun
{
    public static async Task WriteAsync(
        CliHost host, OutgoingMessage message, MailRoute route, bool asJson, CancellationToken cancellationToken)
    {
        var format = new WireFormat(EightBit: true, Utf8Headers: true);
        await using var prepared = await message.Content.PrepareAsync(format, cancellationToken);
        var plan = new DryRunJson(
            true,
            route.Server,
            route.Security.ToString(),
            route.LogsIn,
            message.Envelope.ReversePath?.ToString(),
            [.. message.Envelope.Recipients.Select(recipient => recipient.Address.ToString())],
            message.Content.MessageId,
            prepared.Length);
        if (asJson)
        {
            JsonOutput.Write(host.Output, plan);
        }
        else
        {
            WriteText(host.Output, plan);
        }
    }

    private static void WriteText(TextWriter output, DryRunJson plan)
    {
        var login = plan.LogsIn ? ", with a login" : "";
        output.WriteLine(Plain.Line($"Would send through {plan.Server}, security {plan.Security}{login}:"));
        output.WriteLine(Plain.Line($"  from  {plan.From ?? "<> (no failure reports)"}"));
        foreach (var recipient in plan.Recipients)
        {
            output.WriteLine(Plain.Line($"  to    {recipient}"));
        }

        var id = plan.MessageId is { } given ? $"<{given}>" : "none";
        output.WriteLine(Plain.Line($"  size  {ByteCount.Show(plan.Size)}, Message-ID {id}"));
    }
}
