using System.Text;

namespace MailAdmin.Interop.Servers;

/// <summary>A message that shows whether a server keeps what it gets.</summary>
internal static class Sample
{
    /// <summary>With dots at the start of lines, trailing spaces, letters beyond ASCII and a Bcc.</summary>
    public static byte[] Message(string id) => Encoding.UTF8.GetBytes(string.Join(
        "\r\n",
        "Date: Sun, 22 Nov 2026 12:00:00 +0000",
        $"Message-ID: <{id}@example.org>",
        "From: a@example.org",
        "To: b@example.net",
        "Bcc: hidden@example.com",
        "Subject: Sample",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        "",
        ".",
        "..two",
        "From here on, trailing spaces  ",
        "Grüße, 日本語",
        new string('x', 990),
        "",
        ""));
}
