using System.Security.Cryptography;
using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dkim;

namespace MailAdmin.Tests.DomainChecks.Dkim;

public sealed class DkimCheckTests
{
    private static readonly string Key2048 = Key(2048);

    [Fact]
    public async Task Follows_the_aliases_of_Microsoft_365()
    {
        var (log, found) = await Check(
            ["selector1", "selector2"],
            true,
            "selector1._domainkey.example.com CNAME selector1-example-com._domainkey.example.onmicrosoft.com",
            $"selector1-example-com._domainkey.example.onmicrosoft.com TXT \"v=DKIM1; k=rsa; p={Key2048};\"",
            "selector2._domainkey.example.com CNAME selector2-example-com._domainkey.example.onmicrosoft.com");
        Assert.Equal(["Ok DkimGood", "Error DkimAliasDead"], Codes.Of(log.Findings));
        Assert.Equal("selector1-example-com._domainkey.example.onmicrosoft.com", found[0].Alias);
        Assert.Equal(2048, found[0].Key?.Bits);
        Assert.Null(found[1].Key);
    }

    [Fact]
    public async Task Does_not_say_that_there_is_no_key_where_the_DNS_did_not_answer()
    {
        var log = new AreaLog(CheckArea.Dkim);
        var resolver = new MemoryResolver().WithSilence("s1._domainkey.example.com");
        await new DkimCheck(resolver, log, default)
            .RunAsync(DnsName.Parse("example.com"), ["s1", "s2"], areRequired: false);
        Assert.Equal(["Error CheckNotPossible"], Codes.Of(log.Findings));
    }

    [Theory]
    [InlineData("v=DKIM1; p=", "Info DkimRevoked")]
    [InlineData("v=DKIM1; t=y; p={2048}", "Warning DkimTesting")]
    [InlineData("v=DKIM1; h=sha1; p={2048}", "Error DkimHash")]
    [InlineData("v=DKIM1; s=tlsrpt; p={2048}", "Error DkimService")]
    [InlineData("v=DKIM1; p={512}", "Error DkimKeyTooShort")]
    [InlineData("v=DKIM1; p={1024}", "Warning DkimKeyShort")]
    [InlineData("v=DKIM1; p=?", "Error DkimRecordBroken")]
    public async Task Judges_keys(string text, string finding)
    {
        foreach (var bits in new[] { 512, 1024, 2048 })
        {
            text = text.Replace($"{{{bits}}}", Key(bits), StringComparison.Ordinal);
        }

        var (log, _) = await Check(["s1"], true, $"s1._domainkey.example.com TXT \"{text}\"");
        Assert.Equal([finding], Codes.Of(log.Findings));
    }

    [Fact]
    public async Task A_selector_that_was_only_guessed_need_not_be_there()
    {
        var (guessed, _) = await Check(["s1", "s2"], false, $"s2._domainkey.example.com TXT \"v=DKIM1; p={Key2048}\"");
        Assert.Equal(["Ok DkimGood"], Codes.Of(guessed.Findings));
        var (none, _) = await Check(["s1", "s2"], false);
        Assert.Equal(["Warning DkimNothingGuessed"], Codes.Of(none.Findings));
        var (required, _) = await Check(["s1"], true);
        Assert.Equal(["Error DkimNoRecord"], Codes.Of(required.Findings));
    }

    [Fact]
    public async Task Several_records_and_unusable_selectors_are_errors()
    {
        var (log, _) = await Check(
            ["s1", new string('x', 64)],
            true,
            "s1._domainkey.example.com TXT \"v=DKIM1; p=\"",
            $"s1._domainkey.example.com TXT \"v=DKIM1; p={Key2048}\"");
        Assert.Equal(["Error DkimManyRecords", "Error DkimSelectorUnusable"], Codes.Of(log.Findings));
    }

    private static string Key(int bits)
    {
        using var rsa = RSA.Create(bits);
        return Convert.ToBase64String(rsa.ExportSubjectPublicKeyInfo());
    }

    private static async Task<(AreaLog Log, IReadOnlyList<DkimSelector> Found)> Check(
        string[] selectors,
        bool areRequired,
        params string[] lines)
    {
        var log = new AreaLog(CheckArea.Dkim);
        var check = new DkimCheck(new MemoryResolver().With(lines), log, default);
        return (log, await check.RunAsync(DnsName.Parse("example.com"), selectors, areRequired));
    }
}
