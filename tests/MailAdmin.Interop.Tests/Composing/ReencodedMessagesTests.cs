using System.Text;
using MailAdmin.Interop.Judging;
using MailAdmin.Interop.Storage;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Composing;

/// <summary>Messages that a 7-bit server cannot take, before and after re-encoding: they must say the same.</summary>
public sealed class ReencodedMessagesTests : IDisposable
{
    private const string Head =
        "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 02 Feb 2026 10:11:12 +0900\r\nMIME-Version: 1.0\r\n";

    private static readonly string[] Messages =
    [
        Head + "Subject: =?utf-8?Q?=C3=A4?=\r\nContent-Type: text/plain; charset=utf-8\r\n" +
            "Content-Transfer-Encoding: 8bit\r\n\r\nä ö ü\r\n.\r\nFrom x \r\n",
        Head + $"Subject: long\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{new string('x', 5000)}</p>\r\n",
        Head + "Subject: nested\r\nContent-Type: multipart/mixed; boundary=a\r\n" +
            "Content-Transfer-Encoding: 8bit\r\n\r\npreamble ä\r\n" +
            "--a\r\nContent-Type: multipart/alternative; boundary=aa\r\n\r\n" +
            "--aa\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nä\r\n" +
            "--aa\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n" +
            "<p>=C3=A4</p>\r\n--aa--\r\n\r\n" +
            "--a\r\nContent-Type: application/x; name=\"=?utf-8?Q?=C3=A4?=\"\r\n" +
            "Content-Disposition: attachment; filename*=utf-8''%C3%A4.bin\r\n\r\nö\0ü\r\n--a--\r\n",
        Head + "Subject: attached\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n" +
            "--a\r\nContent-Type: message/rfc822\r\n\r\n" +
            "From: c@example.com\r\nSubject: inner\r\nMIME-Version: 1.0\r\n" +
            "Content-Type: text/plain; charset=utf-8\r\n\r\nä\r\n--a--\r\n",
        Head + "Subject: base64\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
            $"{Convert.ToBase64String(new byte[3000])}\r\n",
    ];

    private readonly TestDirectory _directory = new("reencoded");

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task Python_finds_the_same_in_both()
    {
        var originals = Messages.Select((text, i) => _directory.Write($"{i}-original.eml", text)).ToArray();
        var reencoded = new List<string>();
        foreach (var original in originals)
        {
            await using var message = await EmlMessage.OpenAsync(original, new EmlOptions { Reencode = true });
            var octets = await Written.OctetsAsync(message, WireFormat.SevenBit);
            Assert.True(Ascii.IsValid(octets));
            reencoded.Add(_directory.Write($"{reencoded.Count}-sent.eml", Encoding.ASCII.GetString(octets)));
        }

        var meant = await Judge.ReadAsync(originals);
        var read = await Judge.ReadAsync(reencoded);

        Assert.Equal(Messages.Length, read.Count);
        Assert.All(read, (message, i) =>
        {
            Assert.Empty(message.Defects.Except(Understanding.NameForOldReaders));
            Assert.Equal((meant[i].Subject, meant[i].Date), (message.Subject, message.Date));
            Assert.Equal(meant[i].From, message.From);
            Assert.Equal(meant[i].To, message.To);
            Assert.Equal(meant[i].Body.All().Select(Shown), message.Body.All().Select(Shown));
        });
    }

    private static object Shown(JudgedPart part) =>
        (part.Type, part.Disposition, part.FileName, part.ContentId, part.Length, part.Sha256, part.Text);
}
