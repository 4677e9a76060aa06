using System.Text;
using MailAdmin.Interop.Tools;
using Xunit.Abstractions;

namespace MailAdmin.Interop.Servers;

/// <summary>What the tests rely on in every server fixture, shown with a client that is not ours.</summary>
public abstract class MailServerContract(MailServer server, int port, ITestOutputHelper output)
{
    /// <summary>What the server's copy holds of a message that was sent to it.</summary>
    protected virtual string Stored(string sent) => sent;

    /// <summary>Bytes and envelope.</summary>
    [SkippableFact]
    public async Task Keeps_a_message_as_it_was_sent()
    {
        server.Require();
        output.WriteLine($"The server started in {server.StartTime.TotalMilliseconds:F0} ms.");
        var sent = Sample.Message("as-it-was-sent");
        await Smtplib.SendAsync(sent, port, "--sender", "a@example.org", "b@example.net", "c@example.com");
        var stored = await server.Store.WaitForAsync("as-it-was-sent", 2);
        Assert.Equal("a@example.org", stored.Sender);
        Assert.Equal(["b@example.net", "c@example.com"], stored.Recipients.Order());
        Assert.Equal(Stored(Encoding.UTF8.GetString(sent)), Encoding.UTF8.GetString(stored.ReadContent()));
    }

    /// <summary>The null reverse path (RFC 5321 §4.5.5).</summary>
    [SkippableFact]
    public async Task Keeps_an_empty_sender()
    {
        server.Require();
        await Smtplib.SendAsync(Sample.Message("empty-sender"), port, "b@example.net");
        Assert.Equal("", (await server.Store.WaitForAsync("empty-sender")).Sender);
    }

    /// <summary>One transaction with many recipients, of several domains.</summary>
    [SkippableFact]
    public async Task Takes_a_message_for_500_recipients()
    {
        server.Require();
        string[] recipients = [.. Enumerable.Range(0, 500).Select(i => $"r{i}@example{i % 7}.net")];
        await Smtplib.SendAsync(
            Sample.Message("many-recipients"), port, ["--sender", "a@example.org", .. recipients]);
        var stored = await server.Store.WaitForAsync("many-recipients", recipients.Length);
        Assert.Equal(recipients.Order(), stored.Recipients.Order());
    }

    /// <summary>One refused for good, one accepted.</summary>
    [SkippableFact]
    public async Task Refuses_the_recipient_who_is_named_refused()
    {
        server.Require();
        var refused = await Smtplib.SendAsync(
            Sample.Message("one-refused"), port, "--sender", "a@example.org", "refused@example.net", "b@example.net");
        Assert.Equal(["refused@example.net"], refused.Keys);
        Assert.InRange(refused.Values.Single(), 550, 559);
        Assert.Equal(["b@example.net"], (await server.Store.WaitForAsync("one-refused")).Recipients);
    }
}
