using MailAdmin.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class RelayMessageTests
{
    [Fact]
    public async Task Writes_a_small_text_as_it_is()
    {
        var wire = await Composed.WriteAsync(Composed.Draft);

        Assert.Equal(
            """
            Date: Tue, 03 Feb 2026 04:05:06 +0900
            From: Anna <anna@example.com>
            To: ben@example.org
            Subject: Hello
            Message-ID: <20260202190506000.abababababababababababababababab@example.com>
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8
            Content-Transfer-Encoding: 7bit

            Hi Ben

            """.ReplaceLineEndings("\r\n"),
            wire);
    }

    [Fact]
    public async Task Writes_an_attachment_in_base64()
    {
        var wire = await Composed.WriteAsync(Composed.Draft with
        {
            Attachments = [AttachmentSource.FromMemory("abc"u8.ToArray(), "ä.txt")],
        });

        Assert.Contains(
            """
            --=_abababababababababababababababab_1
            Content-Type: text/plain;
             name="=?utf-8?B?w6QudHh0?="
            Content-Transfer-Encoding: base64
            Content-Disposition: attachment;
             filename*=utf-8''%C3%A4.txt

            YWJj
            --=_abababababababababababababababab_1--

            """.ReplaceLineEndings("\r\n"),
            wire,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_envelope_has_the_hidden_recipients_too_and_each_address_once()
    {
        var message = Composed.Build(Composed.Draft with
        {
            Sender = Composed.Mailbox("office@example.com"),
            Cc = [Composed.Mailbox("ben@EXAMPLE.org", "Ben again")],
            Bcc = [Composed.Mailbox("hidden@example.net")],
        });

        var envelope = message.ToEnvelope();

        Assert.Equal("office@example.com", envelope.ReversePath?.ToWireString());
        Assert.Equal(
            ["ben@example.org", "hidden@example.net"], envelope.Recipients.Select(r => r.Address.ToWireString()));
    }
}
