using System.Globalization;
using MailAdmin.Addressing;
using MailAdmin.Mime;

namespace MailAdmin.Probes;

/// <summary>The message that proves a route.</summary>
public static class TestMessage
{
    /// <summary>Makes it.</summary>
    /// <param name="from">The author.</param>
    /// <param name="to">The recipients.</param>
    /// <param name="server">Which server it goes through.</param>
    /// <param name="now">When.</param>
    public static MessageDraft Create(
        Mailbox from, IReadOnlyList<Mailbox> to, string server, DateTimeOffset now) => new()
    {
        From = from,
        To = to,
        Date = now,
        Subject = $"Test message through {server}",
        TextBody = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            This message shows that mail goes out through {server}.

            Sent from: {Environment.MachineName}
            Sent at:   {now:yyyy-MM-dd HH:mm:ss zzz}
            Sent by:   MailAdmin

            """),
    };
}
