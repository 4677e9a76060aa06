using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using MailAdmin.Addressing;
using MailAdmin.Mime;
using MailAdmin.Mime.Dkim;

namespace MailAdmin.Tests.Mime.Dkim;

public sealed class DkimSignerTests
{
    private static readonly RSA Rsa = RSA.Create(2048);

    [Fact]
    public async Task The_signature_stands_before_the_message_and_verifies()
    {
        using var key = DkimKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        var message = Composed.Build(Composed.Draft with
        {
            Subject = "Grüße aus der Küche, die so lang sind, dass sie gefaltet werden müssen, und noch etwas mehr",
            TextBody = "  two  spaces \r\n\r\n\r\n",
            Attachments = [AttachmentSource.FromMemory(new byte[100_000], "zeros.bin")],
        });

        var plain = Encoding.ASCII.GetString(await Composed.OctetsAsync(message));
        var signed = Encoding.ASCII.GetString(
            await Composed.OctetsAsync(new DkimSigner("example.com", "s1", key).Sign(message)));

        Assert.EndsWith(plain, signed, StringComparison.Ordinal);
        var field = signed[..^plain.Length];
        Assert.StartsWith(
            "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=s1;",
            field,
            StringComparison.Ordinal);
        Assert.All(field.Split("\r\n"), line => Assert.True(line.Length <= 78));
        AssertVerifies(field, plain);
    }

    [Fact]
    public async Task From_is_signed_once_more_than_it_occurs()
    {
        using var key = DkimKey.FromPem(Rsa.ExportRSAPrivateKeyPem());
        var signed = Encoding.ASCII.GetString(
            await Composed.OctetsAsync(new DkimSigner("example.com", "s1", key).Sign(Composed.Build(Composed.Draft))));
        Assert.Contains(
            "h=From:From:To:Subject:Date:Message-ID:MIME-Version:Content-Type:Content-Transfer-Encoding;",
            Regex.Replace(signed, @"\r\n ", "").Replace(": ", ":", StringComparison.Ordinal),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signed_message_is_in_seven_bits_since_a_later_hop_might_have_to_change_it()
    {
        using var key = DkimKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        var signed = new DkimSigner("example.com", "s1", key)
            .Sign(Composed.Build(Composed.Draft with { TextBody = "ä" }));
        await using var prepared = await signed.PrepareAsync(new WireFormat(true, true), CancellationToken.None);
        Assert.False(prepared.IsEightBit);
    }

    [Theory]
    [InlineData("", "DkimKeyUnusable")]
    [InlineData("no key", "DkimKeyUnusable")]
    [InlineData("public", "DkimKeyUnusable")]
    [InlineData("ec", "DkimKeyUnusable")]
    [InlineData("encrypted", "DkimKeyUnusable")]
    [InlineData("short", "DkimKeyTooShort")]
    public void Refuses_keys_that_cannot_sign(string kind, string errorId)
    {
        using var shortKey = RSA.Create(512);
        using var ec = ECDsa.Create();
        var pem = kind switch
        {
            "public" => Rsa.ExportSubjectPublicKeyInfoPem(),
            "ec" => ec.ExportPkcs8PrivateKeyPem(),
            "encrypted" => Rsa.ExportEncryptedPkcs8PrivateKeyPem(
                "x", new PbeParameters(PbeEncryptionAlgorithm.Aes128Cbc, HashAlgorithmName.SHA256, 1000)),
            "short" => shortKey.ExportPkcs8PrivateKeyPem(),
            _ => kind,
        };
        Assert.Equal(errorId, Assert.Throws<MessageException>(() => DkimKey.FromPem(pem)).ErrorId);
    }

    [Fact]
    public async Task Says_when_the_key_file_is_missing()
    {
        var missing = Path.Combine(Path.GetTempPath(), "no.pem");
        var failure = await Assert.ThrowsAsync<MessageException>(
            async () => await DkimKey.FromPemFileAsync(missing, default));
        Assert.Equal("DkimKeyNotFound", failure.ErrorId);
    }

    [Theory]
    [InlineData("not a domain", "s1", "InvalidDkimDomain")]
    [InlineData("[192.0.2.1]", "s1", "InvalidDkimDomain")]
    [InlineData("example.com", "", "InvalidDkimSelector")]
    [InlineData("example.com", "a;b", "InvalidDkimSelector")]
    [InlineData("example.com", "a\r\nb", "InvalidDkimSelector")]
    [InlineData("example.com", "a..b", "InvalidDkimSelector")]
    public void Refuses_names_under_which_no_key_can_be(string domain, string selector, string errorId)
    {
        using var key = DkimKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal(errorId, Assert.Throws<MessageException>(() => new DkimSigner(domain, selector, key)).ErrorId);
    }

    [Theory]
    [InlineData("example.com", "a@example.com", false)]
    [InlineData("example.com", "a@news.example.com", false)]
    [InlineData("mail.example.com", "a@example.com", false)]
    [InlineData("example.com", "a@badexample.com", true)]
    [InlineData("example.org", "a@example.com", true)]
    public void Warns_when_the_domain_does_not_cover_the_author(string domain, string author, bool warns)
    {
        using var key = DkimKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        Assert.Equal(warns, new DkimSigner(domain, "s1", key).WarningFor(EmailAddress.Parse(author)) is not null);
    }

    [Fact]
    public void Warns_about_a_weak_key()
    {
        using var weak = RSA.Create(1024);
        using var key = DkimKey.FromPem(weak.ExportPkcs8PrivateKeyPem());
        Assert.Contains("1024", key.Warning, StringComparison.Ordinal);
        using var good = DkimKey.FromPem(Rsa.ExportPkcs8PrivateKeyPem());
        Assert.Null(good.Warning);
    }

    /// <summary>
    /// Verifies as RFC 6376 section 3.7 says, with regular expressions instead of the product's code.
    /// </summary>
    private static void AssertVerifies(string signatureField, string message)
    {
        var tags = Regex.Replace(signatureField[15..], @"\s+", "").Split(';').Select(t => t.Split('=', 2))
            .ToDictionary(t => t[0], t => t[1]);
        var split = message.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var body = Regex.Replace(message[(split + 4)..], @"[ \t]+", " ")
            .Replace(" \r\n", "\r\n", StringComparison.Ordinal);
        body = Regex.Replace(body, @"(\r\n)*$", "") + "\r\n";
        Assert.Equal(tags["bh"], Convert.ToBase64String(SHA256.HashData(Encoding.ASCII.GetBytes(body))));

        var fields = Regex.Split(message[..split], @"\r\n(?![ \t])").ToList();
        var signed = new StringBuilder();
        foreach (var name in tags["h"].Split(':'))
        {
            var index = fields.FindLastIndex(f => f.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase));
            if (index >= 0)
            {
                signed.Append(Relax(fields[index])).Append("\r\n");
                fields.RemoveAt(index);
            }
        }

        signed.Append(Relax(Regex.Replace(signatureField, @"b=[^;=]*(=*\s*)*$", "b=")));
        Assert.True(Rsa.VerifyData(
            Encoding.ASCII.GetBytes(signed.ToString()),
            Convert.FromBase64String(tags["b"]),
            HashAlgorithmName.SHA256,
            RSASignaturePadding.Pkcs1));
    }

    private static string Relax(string field)
    {
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        return field[..colon].Trim().ToLowerInvariant() + ":" + Regex.Replace(field[(colon + 1)..], @"\s+", " ").Trim();
    }
}
