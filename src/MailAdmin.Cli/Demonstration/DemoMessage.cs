using System.Globalization;
using System.Text;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Cli.Demonstration;

/// <summary>The message of the demonstration: text, HTML with a picture, an attachment, non-ASCII names.</summary>
internal static class DemoMessage
{
    public static MessageDraft Draft() => new()
    {
        From = Mailbox.Parse("Zoë Müller <reports@example.com>"),
        To = Mailbox.ParseList("田中 花子 <hanako@example.com>, nobody@example.com"),
        Cc = Mailbox.ParseList("Søren <soren@example.com>"),
        Bcc = Mailbox.ParseList("archive@example.com"),
        Subject = "Übersicht für Oktober – 売上レポート 📈",
        TextBody = """
            Good morning,

            the figures for October are attached.
            .
            A line with a single dot, as above, does no harm.

            Zoë

            """,
        HtmlBody = """
            <p>Good morning,</p>
            <p>the figures for October are attached.</p>
            <p><img src="cid:chart" alt="Chart"></p>
            <p>Zoë</p>

            """,
        InlineAttachments = [new InlineAttachment("chart", AttachmentSource.FromMemory(Chart(), "chart.png"))],
        Attachments = [AttachmentSource.FromMemory(Figures(), "売上 2026-10.csv")],
        Priority = MessagePriority.High,
    };

    private static byte[] Chart()
    {
        using var resource = typeof(DemoMessage).Assembly.GetManifestResourceStream("chart.png")
            ?? throw new InvalidOperationException("The program was built without its chart.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return content.ToArray();
    }

    private static byte[] Figures()
    {
        var rows = Enumerable.Range(1, 31).Select(day =>
            string.Create(CultureInfo.InvariantCulture, $"2026-10-{day:00},{1000 + (day * 37 % 400)},東京\r\n"));
        return Encoding.UTF8.GetBytes("date,amount,branch\r\n" + string.Concat(rows));
    }
}
