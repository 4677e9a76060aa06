using System.Globalization;
using MailAdmin.Cli.Parsing;
using MailAdmin.Transports;

namespace MailAdmin.Cli.Output;

/// <summary>The delivery report for people.</summary>
internal static class ReportText
{
    public static IEnumerable<string> Lines(DeliveryReport report)
    {
        yield return Headline(report);
        var width = report.Recipients.Select(r => r.Address.ToString().Length).DefaultIfEmpty().Max();
        foreach (var recipient in report.Recipients)
        {
            var address = recipient.Address.ToString().PadRight(width);
            yield return Plain.Line($"  {Word(recipient.Status),-9} {address}  {recipient.Reply}").TrimEnd();
        }

        if (report.MessageId is { } id)
        {
            yield return Plain.Line($"  Message-ID: <{id}>");
        }
    }

    public static void WriteWarnings(TextWriter error, IEnumerable<string> warnings)
    {
        foreach (var warning in warnings)
        {
            error.WriteLine($"mailadmin: warning: {Plain.Line(warning)}");
        }
    }

    /// <summary>One line for each recipient that will not get the message.</summary>
    public static void WriteRefusals(TextWriter error, DeliveryReport report)
    {
        foreach (var recipient in report.Recipients.Where(r => r.Status is not RecipientStatus.Accepted))
        {
            var line = $"mailadmin: {Word(recipient.Status)}: {recipient.Address}: {recipient.Reply}";
            error.WriteLine(Plain.Line(line).TrimEnd(' ', ':'));
        }
    }

    private static string Headline(DeliveryReport report)
    {
        var accepted = report.Recipients.Count(r => r.Status == RecipientStatus.Accepted);
        var outcome = report.Status switch
        {
            DeliveryStatus.Sent => $"Sent to {Count(accepted)}",
            DeliveryStatus.PartlySent => $"Sent to {accepted} of {Count(report.Recipients.Count)}",
            DeliveryStatus.Queued => $"Queued for {Count(report.Recipients.Count)}",
            _ => "Not sent",
        };
        var via = report.RemoteAddress is { } remote ? $" ({remote.Address}, {Tls(report)})" : "";
        var size = report.Size > 0 ? $", {ByteCount.Show(report.Size)}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{outcome} through {report.Server}{via}{size} in {report.Duration.TotalSeconds:0.00} s.");
    }

    private static string Tls(DeliveryReport report) =>
        report.TlsProtocol is { } protocol ? TlsName.Of(protocol) : "without TLS";

    public static string Count(int recipients) => recipients == 1 ? "1 recipient" : $"{recipients} recipients";

    public static string Word(RecipientStatus status) => status switch
    {
        RecipientStatus.Accepted => "accepted",
        RecipientStatus.Refused => "refused",
        RecipientStatus.Deferred => "deferred",
        _ => "not tried",
    };
}
