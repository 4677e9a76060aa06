using MailAdmin.Sasl;

namespace MailAdmin.Tests.Sasl;

public sealed class SaslMechanismsTests
{
    private static readonly PasswordCredential Password = new("user", "Pa55word");
    private static readonly TokenCredential Token = new("user", "t0ken");
    private static readonly SaslContext Secure = new() { Service = "smtp", Host = "mx", Port = 587, IsSecure = true };
    private static readonly SaslContext InClear = Secure with { IsSecure = false };

    [Fact]
    public void Under_tls_a_mutual_proof_comes_first() =>
        Assert.Equal(
            ["SCRAM-SHA-256", "SCRAM-SHA-1", "PLAIN"],
            Candidates(SaslMechanisms.Choose(
                ["NTLM", "GSSAPI", "PLAIN", "SCRAM-SHA-1", "SCRAM-SHA-256"], Password, Secure)));

    [Fact]
    public void The_systems_account_uses_kerberos_then_ntlm() =>
        Assert.Equal(
            ["GSSAPI", "NTLM"],
            Candidates(SaslMechanisms.Choose(["PLAIN", "NTLM", "GSSAPI"], new IntegratedCredential(), InClear)));

    [Fact]
    public void Ntlm_with_a_password_must_be_asked_for() =>
        Assert.Equal(
            ["NTLM"],
            Candidates(SaslMechanisms.Choose(["PLAIN", "NTLM"], Password, Secure with { Mechanism = "NTLM" })));

    [Fact]
    public void Under_tls_the_password_itself_comes_before_cram_md5() =>
        Assert.Equal(
            ["PLAIN", "LOGIN", "CRAM-MD5"],
            Candidates(SaslMechanisms.Choose(["LOGIN", "cram-md5", "plain"], Password, Secure)));

    [Fact]
    public void Without_tls_a_challenge_comes_before_the_password_itself() =>
        Assert.Equal(
            ["CRAM-MD5", "PLAIN"], Candidates(SaslMechanisms.Choose(["PLAIN", "CRAM-MD5"], Password, InClear)));

    [Fact]
    public void A_named_mechanism_is_the_only_one() =>
        Assert.Equal(
            ["LOGIN"],
            Candidates(SaslMechanisms.Choose(["PLAIN", "LOGIN"], Password, Secure with { Mechanism = "login" })));

    [Fact]
    public void A_named_mechanism_that_is_not_offered_is_not_used() =>
        Assert.Empty(SaslMechanisms.Choose(["PLAIN"], Password, Secure with { Mechanism = "LOGIN" }));

    [Theory]
    [InlineData("DIGEST-MD5", "SaslMechanismUnknown")]
    [InlineData("XOAUTH2", "SaslMechanismUnsuitable")]
    public void A_named_mechanism_must_exist_and_suit(string mechanism, string errorId)
    {
        var failure = Assert.Throws<SaslException>(
            () => SaslMechanisms.Choose([mechanism], Password, Secure with { Mechanism = mechanism }));
        Assert.Equal(errorId, failure.ErrorId);
    }

    [Fact]
    public async Task A_candidate_fetches_the_token_when_it_is_needed()
    {
        var source = new CountingTokenSource();
        var credential = new TokenCredential("user", source);
        var candidate = SaslMechanisms.Choose(["OAUTHBEARER", "XOAUTH2"], credential, Secure)[0];
        Assert.Equal("XOAUTH2", candidate.Name);
        Assert.Equal(0, source.Asked);
        using var mechanism = await candidate.CreateAsync(default);
        Assert.Equal(1, source.Asked);
        Assert.Equal("t0ken"u8, mechanism.Secret);
    }

    [Fact]
    public void No_text_form_holds_the_secret()
    {
        Assert.DoesNotContain("Pa55word", Password.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("t0ken", Token.ToString(), StringComparison.Ordinal);
        Assert.Contains("user", Password.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a\0b")]
    [InlineData("a\r\nb")]
    [InlineData("a\u0001b")]
    [InlineData("")]
    public async Task A_secret_or_name_that_would_end_its_field_is_refused(string bad)
    {
        Assert.Throws<SaslException>(() => new PasswordCredential(bad, "x"));
        Assert.Throws<SaslException>(() => new TokenCredential(bad, "x"));
        var candidate = SaslMechanisms.Choose(["PLAIN"], new PasswordCredential("u", bad), Secure)[0];
        var failure = await Assert.ThrowsAsync<SaslException>(async () => await candidate.CreateAsync(default));
        Assert.Equal("SaslCredentialInvalid", failure.ErrorId);
    }

    private static IEnumerable<string> Candidates(IReadOnlyList<SaslCandidate> chosen) => chosen.Select(c => c.Name);

    private sealed class CountingTokenSource : IAccessTokenSource
    {
        public int Asked { get; private set; }

        public ValueTask<AccessToken> GetTokenAsync(CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(new AccessToken("t0ken"));
        }
    }
}
