using System.Security.Cryptography;
using System.Text;
using MailAdmin.Sasl;

namespace MailAdmin.Tests.Sasl;

public sealed class ScramTests
{
    private const string Sha1First =
        "r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096";

    private const string Sha256First =
        "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

    [Fact]
    public void Sha1_follows_the_example_of_rfc_5802()
    {
        using var mechanism = Sha1();
        Assert.Equal("n,,n=user,r=fyko+d2lbbFgONRv9qkxdawL", Text(mechanism.Start()!.Value));
        Assert.Equal(
            "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=",
            Respond(mechanism, Sha1First));
        Assert.False(mechanism.IsComplete);
        Assert.Equal("", Respond(mechanism, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
        Assert.True(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => Respond(mechanism, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    }

    [Fact]
    public void Sha256_follows_the_example_of_rfc_7677()
    {
        using var mechanism = Sha256();
        Assert.Equal("n,,n=user,r=rOprNGfwEbeRWgbNEkqO", Text(mechanism.Start()!.Value));
        Assert.Equal(
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            + "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=",
            Respond(mechanism, Sha256First));
        Assert.Equal("", Respond(mechanism, "v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="));
        Assert.True(mechanism.IsComplete);
    }

    [Theory]
    [InlineData("v=smF9pqV8S7suAoZWja4dJRkFsKQ=", "SaslServerNotGenuine")]
    [InlineData("v=AAAA", "SaslServerNotGenuine")]
    [InlineData("v=", "SaslChallengeInvalid")]
    [InlineData("v=!", "SaslChallengeInvalid")]
    [InlineData("", "SaslChallengeInvalid")]
    [InlineData("OK", "SaslChallengeInvalid")]
    public void A_server_that_lies_about_the_signature_is_refused(string final, string errorId)
    {
        using var mechanism = Sha1();
        mechanism.Start();
        Respond(mechanism, Sha1First);
        var failure = Assert.Throws<SaslException>(() => Respond(mechanism, final));
        Assert.Equal(errorId, failure.ErrorId);
        Assert.False(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => Respond(mechanism, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ="));
    }

    [Theory]
    [InlineData("")]
    [InlineData("r=other,s=QSXCR+Q6sek8bf92,i=4096")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL,s=QSXCR+Q6sek8bf92,i=4096")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=,i=4096")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=no-base64,i=4096")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=1")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=4095")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=2000001")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=99999999999999999999")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=-4096")]
    [InlineData("r=fyko+d2lbbFgONRv9qkxdawL3,i=4096,s=QSXCR+Q6sek8bf92")]
    [InlineData("m=extension,r=fyko+d2lbbFgONRv9qkxdawL3,s=QSXCR+Q6sek8bf92,i=4096")]
    public void A_first_message_that_breaks_the_rules_is_refused(string first)
    {
        using var mechanism = Sha1();
        mechanism.Start();
        Assert.Equal("SaslChallengeInvalid", Assert.Throws<SaslException>(() => Respond(mechanism, first)).ErrorId);
        Assert.Throws<SaslException>(() => Respond(mechanism, Sha1First));
    }

    [Fact]
    public void The_servers_error_is_kept()
    {
        using var mechanism = Sha1();
        mechanism.Start();
        Respond(mechanism, Sha1First);
        Assert.Equal("", Respond(mechanism, "e=invalid-proof"));
        Assert.Equal("invalid-proof", mechanism.ServerError);
        Assert.False(mechanism.IsComplete);
    }

    [Fact]
    public void Names_are_escaped_and_nonces_differ()
    {
        using var mechanism = new ScramMechanism(HashAlgorithmName.SHA256, "a,b=c", "x", "nonce");
        Assert.Equal("n,,n=a=2Cb=3Dc,r=nonce", Text(mechanism.Start()!.Value));
        Assert.NotEqual(ScramMechanism.NewNonce(), ScramMechanism.NewNonce());
        Assert.DoesNotContain(',', ScramMechanism.NewNonce());
    }

    [Theory]
    [InlineData("I\u00ADX", "IX")]
    [InlineData("user", "user")]
    [InlineData("USER", "USER")]
    [InlineData("\u00AA", "a")]
    [InlineData("\u2168", "IX")]
    [InlineData("a\u00A0b", "a b")]
    public void Passwords_are_prepared_as_in_rfc_4013(string text, string prepared) =>
        Assert.Equal(prepared, SaslPrep.Prepare(text, "password"));

    [Theory]
    [InlineData("a\u0007é")]
    [InlineData("é\uE000")]
    [InlineData("é\uD800")]
    [InlineData("\u202Eé")]
    public void Characters_that_no_password_may_have_are_refused(string text) =>
        Assert.Throws<SaslException>(() => SaslPrep.Prepare(text, "password"));

    private static ScramMechanism Sha1() =>
        new(HashAlgorithmName.SHA1, "user", "pencil", "fyko+d2lbbFgONRv9qkxdawL");

    private static ScramMechanism Sha256() =>
        new(HashAlgorithmName.SHA256, "user", "pencil", "rOprNGfwEbeRWgbNEkqO");

    private static string Respond(ScramMechanism mechanism, string challenge) =>
        Text(mechanism.Respond(Encoding.UTF8.GetBytes(challenge)));

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
