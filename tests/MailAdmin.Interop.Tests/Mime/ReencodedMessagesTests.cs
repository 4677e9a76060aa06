using System.Text;
using System.Text.Json;
using MailAdmin.Mime;

namespace MailAdmin.Interop.Tests.Mime;

/// <summary>Messages that a 7-bit server cannot take, before and after re-encoding: they must say the same.</summary>
public sealed class ReencodedMessagesTests : IDisposable
{
    private const string Head = "From: a@example.com\r\nTo: b@example.com\r\nDate: Mon, 02 Feb 2026 10:11:12 +0900\r\nMIME-Version: 1.0\r\n";

    private static readonly string[] Messages =
    [
        Head + "Subject: =?utf-8?Q?=C3=A4?=\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\nä ö ü\r\n.\r\nFrom x \r\n",
        Head + $"Subject: long\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{new string('x', 5000)}</p>\r\n",
        Head + "Subject: nested\r\nContent-Type: multipart/mixed; boundary=a\r\nContent-Transfer-Encoding: 8bit\r\n\r\npreamble ä\r\n--a\r\n" +
            "Content-Type: multipart/alternative; boundary=aa\r\n\r\n--aa\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nä\r\n--aa\r\n" +
            "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<p>=C3=A4</p>\r\n--aa--\r\n\r\n--a\r\n" +
            "Content-Type: application/x; name=\"=?utf-8?Q?=C3=A4?=\"\r\nContent-Disposition: attachment; filename*=utf-8''%C3%A4.bin\r\n\r\nö\0ü\r\n--a--\r\n",
        Head + "Subject: attached\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\n" +
            "From: c@example.com\r\nSubject: inner\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nä\r\n--a--\r\n",
        Head + $"Subject: base64\r\nContent-Type: application/x\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(new byte[3000])}\r\n",
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("mailadmin").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task Python_finds_the_same_in_both()
    {
        for (var i = 0; i < Messages.Length; i++)
        {
            var original = Path.Combine(_folder, $"{i}-original.eml");
            await File.WriteAllBytesAsync(original, Encoding.UTF8.GetBytes(Messages[i]));
            await using var message = await EmlMessage.OpenAsync(original, new EmlOptions { Reencode = true });
            await using var prepared = await message.PrepareAsync(WireFormat.SevenBit, default);
            using var wire = new MemoryStream();
            await prepared.WriteToAsync(wire, default);
            Assert.Equal(prepared.Length, wire.Length);
            Assert.True(Ascii.IsValid(wire.ToArray()));
            await File.WriteAllBytesAsync(Path.Combine(_folder, $"{i}-sent.eml"), wire.ToArray());
        }

        var judged = await PythonJudge.ReadAsync(_folder);

        for (var i = 0; i < Messages.Length; i++)
        {
            var original = judged.GetProperty($"{i}-original.eml");
            var sent = judged.GetProperty($"{i}-sent.eml");
            Assert.Empty(sent.GetProperty("defects").EnumerateArray());
            foreach (var what in new[] { "subject", "structure", "from", "to", "parts" })
            {
                Assert.Equal(Shown(original.GetProperty(what)), Shown(sent.GetProperty(what)));
            }
        }
    }

    private static string Shown(JsonElement element) => element.GetRawText();
}
