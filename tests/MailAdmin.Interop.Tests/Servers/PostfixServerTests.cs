using System.Text;
using MailAdmin.Interop.Tools;

namespace MailAdmin.Interop.Servers;

/// <summary>The fixture itself: what well-known clients send to it lands on disk as it was sent.</summary>
[Collection(nameof(PostfixServer))]
public sealed class PostfixServerTests(PostfixServer postfix)
{
    [SkippableFact]
    public async Task Takes_a_message_from_smtplib_as_it_was_sent()
    {
        postfix.Require();
        var sent = Sample.Message("smtplib-postfix");
        await Smtplib.SendAsync(
            sent, postfix.Port(PostfixService.Relay), "--sender", "a@example.org", "b@example.net", "c@example.com");
        var stored = await postfix.Store.WaitForAsync("smtplib-postfix", 2);
        Assert.Equal("a@example.org", stored.Sender);
        Assert.Equal(["b@example.net", "c@example.com"], stored.Recipients.Order());
        Assert.Equal(Encoding.UTF8.GetString(sent), Encoding.UTF8.GetString(stored.ReadContent()));
    }
}
