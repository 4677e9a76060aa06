using System.Text;
using MailAdmin.Sasl;

namespace MailAdmin.Tests.Sasl;

public sealed class SimpleMechanismTests
{
    [Fact]
    public void Plain_sends_name_and_password_as_in_rfc_4616()
    {
        using var mechanism = new PlainMechanism("tim", "tanstaaftanstaaf");
        Assert.False(mechanism.IsComplete);
        Assert.Equal("\0tim\0tanstaaftanstaaf", Text(mechanism.Start()!.Value));
        Assert.True(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => mechanism.Respond("more"u8));
    }

    [Fact]
    public void Plain_sends_utf8()
    {
        using var mechanism = new PlainMechanism("jürgen", "päss");
        Assert.Equal("\0jürgen\0päss", Text(mechanism.Start()!.Value));
    }

    [Theory]
    [InlineData("Username:", "Password:")]
    [InlineData("User Name\0", "Password\0")]
    [InlineData("", "")]
    public void Login_answers_two_questions_whatever_they_say(string first, string second)
    {
        using var mechanism = new LoginMechanism("user", "secret");
        Assert.Null(mechanism.Start());
        Assert.Equal("user", Respond(mechanism, first));
        Assert.False(mechanism.IsComplete);
        Assert.Equal("secret", Respond(mechanism, second));
        Assert.True(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => Respond(mechanism, "Pin:"));
    }

    [Fact]
    public void Cram_md5_gives_the_digest_of_rfc_2195()
    {
        using var mechanism = new CramMd5Mechanism("tim", "tanstaaftanstaaf");
        Assert.Null(mechanism.Start());
        Assert.Equal(
            "tim b913a602c7eda7a495b4e6e7334d3890",
            Respond(mechanism, "<1896.697170952@postoffice.reston.mci.net>"));
        Assert.True(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => Respond(mechanism, "<again>"));
    }

    [Fact]
    public void Cram_md5_refuses_an_empty_challenge()
    {
        using var mechanism = new CramMd5Mechanism("tim", "tanstaaftanstaaf");
        Assert.Throws<SaslException>(() => Respond(mechanism, ""));
    }

    [Fact]
    public void XOAuth2_sends_the_blob_that_google_documents()
    {
        using var mechanism = new XOAuth2Mechanism(
            "someuser@example.com", "ya29.vF9dft4qmTc2Nvb3RlckBhdHRhdmlzdGEuY29tCg");
        Assert.Equal(
            "dXNlcj1zb21ldXNlckBleGFtcGxlLmNvbQFhdXRoPUJlYXJlciB5YTI5LnZGOWRmdDRxbVRj"
            + "Mk52YjNSbGNrQmhkSFJoZG1semRHRXVZMjl0Q2cBAQ==",
            Convert.ToBase64String(mechanism.Start()!.Value.Span));
    }

    [Fact]
    public void XOAuth2_answers_the_servers_error_with_nothing_and_keeps_it()
    {
        using var mechanism = new XOAuth2Mechanism("a@example.com", "token");
        mechanism.Start();
        const string Error = """{"status":"400","schemes":"Bearer","scope":"https://mail.google.com/"}""";
        Assert.Equal("", Respond(mechanism, Error));
        Assert.Equal(Error, mechanism.ServerError);
        Assert.False(mechanism.IsComplete);
        Assert.Throws<SaslException>(() => Respond(mechanism, Error));
    }

    [Fact]
    public void OAuthBearer_sends_the_example_of_rfc_7628()
    {
        using var mechanism = new OAuthBearerMechanism(
            "user@example.com", "vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==", "server.example.com", 587);
        Assert.Equal(
            "n,a=user@example.com,\u0001host=server.example.com\u0001port=587\u0001"
            + "auth=Bearer vF9dft4qmTc2Nvb3RlckBhbHRhdmlzdGEuY29tCg==\u0001\u0001",
            Text(mechanism.Start()!.Value));
        Assert.Equal("\u0001", Respond(mechanism, """{"status":"invalid_token"}"""));
        Assert.Equal("""{"status":"invalid_token"}""", mechanism.ServerError);
    }

    [Fact]
    public void OAuthBearer_escapes_what_would_end_the_name()
    {
        using var mechanism = new OAuthBearerMechanism("a,b=c@example.com", "t", "h", 25);
        Assert.StartsWith("n,a=a=2Cb=3Dc@example.com,\u0001", Text(mechanism.Start()!.Value), StringComparison.Ordinal);
    }

    private static string Respond(ISaslMechanism mechanism, string challenge) =>
        Text(mechanism.Respond(Encoding.UTF8.GetBytes(challenge)));

    private static string Text(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span);
}
