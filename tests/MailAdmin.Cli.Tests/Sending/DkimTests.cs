using System.Security.Cryptography;
using MailAdmin.Mime;
using MailAdmin.Server;

namespace MailAdmin.Cli.Tests.Sending;

public sealed class DkimTests : IAsyncLifetime
{
    private static readonly string[] Message = ["--from", "a@example.com", "--to", "b@example.com", "--text", "x"];

    private readonly string _key = Path.GetTempFileName();
    private readonly Cli _cli = new();
    private SmtpTestServer _server = null!;

    public async Task InitializeAsync()
    {
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(_key, rsa.ExportPkcs8PrivateKeyPem());
        _server = await SmtpTestServer.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        File.Delete(_key);
    }

    [Fact]
    public async Task Signs_for_the_domain_of_the_author()
    {
        Assert.Equal((ExitCode.Ok, ""), (await SendAsync("", Message), _cli.Error));

        Assert.Contains("d=example.com; s=s1;", Signature(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signs_what_comes_through_standard_input()
    {
        Assert.Equal(ExitCode.Ok, await SendAsync("From: a@example.com\nTo: b@example.com\n\nText\n", "-t"));

        Assert.Contains("d=example.com; s=s1;", Signature(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Warns_when_the_domain_is_not_the_authors()
    {
        Assert.Equal(ExitCode.Ok, await SendAsync("", ["--dkim-domain", "other.example", .. Message]));

        Assert.Contains("d=other.example;", Signature(), StringComparison.Ordinal);
        Assert.Contains("warning: The DKIM domain other.example", _cli.Error, StringComparison.Ordinal);
    }

    private string Signature() => MessageOutline.Read(Assert.Single(_server.Messages).Content)["DKIM-Signature"]!;

    private Task<ExitCode> SendAsync(string input, params string[] options) => _cli.RunWithInputAsync(
        input,
        ["send", "-S", $"127.0.0.1:{_server.Endpoint.Port}", "--dkim-key", _key, "--dkim-selector", "s1", .. options]);
}
