using System.Security.Cryptography;
using System.Text;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Judging;

/// <summary>The judge itself, with a message written by hand.</summary>
public sealed class JudgeTests : IDisposable
{
    private const string Message = """
        Date: Sun, 22 Nov 2026 12:00:00 +0100
        From: =?utf-8?q?J=C3=BCrgen?= <j@example.org>
        To: =?utf-8?b?5pel5pys?= <n@example.net>, "A, B" <c@example.com>
        Subject: Grüße =?utf-8?q?von_=C3=BC?=
        Message-ID: <one@example.org>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="b"

        --b
        Content-Type: text/plain; charset=utf-8
        Content-Transfer-Encoding: quoted-printable

        Gr=C3=BC=C3=9Fe=20
        --b
        Content-Type: application/octet-stream; name="x"
        Content-Disposition: attachment; filename*=utf-8''%E6%97%A5.bin
        Content-Transfer-Encoding: base64

        AAECAw==
        --b--

        """;

    private readonly TestDirectory _directory = new("judge");

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task Reads_headers_texts_and_attachments()
    {
        var judged = await JudgeAsync(Message);
        Assert.Equal([new JudgedAddress(null, "Jürgen", "j@example.org")], judged.From);
        Assert.Equal(["日本", "A, B"], judged.To!.Select(address => address.DisplayName));
        Assert.Equal("Grüße von ü", judged.Subject);
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.FromHours(1)), judged.Date);
        Assert.Equal("one@example.org", judged.MessageId);
        Assert.True(judged.EightBitHead);
        Assert.Equal("=?utf-8?q?J=C3=BCrgen?=".Length, judged.LongestEncodedWord);
        Assert.Equal("Grüße ", judged.Body.Parts[0].Text);
        var attachment = Assert.Single(judged.Attachments);
        Assert.Equal("日.bin", attachment.FileName);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([0, 1, 2, 3])), attachment.Sha256);
        Assert.Empty(judged.Defects);
    }

    [SkippableFact]
    public async Task Reports_defects()
    {
        var judged = await JudgeAsync(Message.Replace("--b--", "", StringComparison.Ordinal) + "x\ry");
        Assert.Contains(judged.Defects, defect => defect.Contains("CloseBoundaryNotFound", StringComparison.Ordinal));
        Assert.Equal(1, judged.BareCarriageReturns);
    }

    [SkippableFact]
    public async Task Passes_over_what_a_server_put_on_top()
    {
        var path = _directory.Write("trace.eml", $"Received: from x\n\tby y\n{Message}");
        var stored = StoredMessageReader.Read(path);
        var judged = await Judge.ReadAsync(stored);
        Assert.Empty(judged.Body.Field("Received"));
        Assert.Equal(Encoding.UTF8.GetBytes(Message.ReplaceLineEndings("\r\n")), stored.ReadContent());
    }

    private async Task<JudgedMessage> JudgeAsync(string message) =>
        (await Judge.ReadAsync([_directory.Write("message.eml", message)]))[0];
}
