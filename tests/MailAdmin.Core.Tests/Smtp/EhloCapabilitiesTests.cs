using System.Text;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Smtp;

public sealed class EhloCapabilitiesTests
{
    [Fact]
    public void Reads_every_keyword()
    {
        var offered = Parse(
            "mail.example.com Hello", "SIZE 157286400", "8BITMIME", "SMTPUTF8", "DSN", "PIPELINING", "CHUNKING",
            "STARTTLS", "ENHANCEDSTATUSCODES", "AUTH PLAIN LOGIN XOAUTH2",
            "LIMITS RCPTMAX=20 MAILMAX=5 RCPTDOMAINMAX=1");
        Assert.Equal("mail.example.com Hello", offered.Greeting);
        Assert.True(offered.Size);
        Assert.Equal(157286400, offered.MaxMessageSize);
        Assert.True(
            offered.EightBitMime && offered.SmtpUtf8 && offered.Dsn && offered.Pipelining && offered.Chunking &&
            offered.StartTls && offered.EnhancedStatusCodes);
        Assert.Equal(["PLAIN", "LOGIN", "XOAUTH2"], offered.AuthMechanisms);
        Assert.Equal(new SmtpLimits(MailMax: 5, RcptMax: 20, RcptDomainMax: 1), offered.Limits);
        Assert.Equal(10, offered.Keywords.Count);
    }

    [Fact]
    public void Offers_nothing_that_was_not_said()
    {
        var offered = Parse("mail.example.com");
        Assert.False(
            offered.Size || offered.EightBitMime || offered.SmtpUtf8 || offered.Dsn || offered.Pipelining ||
            offered.Chunking || offered.StartTls || offered.EnhancedStatusCodes);
        Assert.Empty(offered.AuthMechanisms);
        Assert.Equal(default, offered.Limits);
    }

    [Fact]
    public void Reads_keywords_in_any_case()
    {
        var offered = Parse("x", "starttls", "Pipelining", "auth plain");
        Assert.True(offered.StartTls && offered.Pipelining);
        Assert.Equal(["PLAIN"], offered.AuthMechanisms);
    }

    [Fact]
    public void Reads_AUTH_with_an_equals_sign_and_names_each_mechanism_once() =>
        Assert.Equal(["LOGIN", "PLAIN"], Parse("x", "AUTH=LOGIN", "AUTH LOGIN PLAIN").AuthMechanisms);

    [Theory]
    [InlineData("SIZE")]
    [InlineData("SIZE 0")]
    [InlineData("SIZE -1")]
    [InlineData("SIZE many")]
    [InlineData("SIZE 99999999999999999999")]
    public void Takes_a_size_without_a_usable_number_for_no_limit(string line)
    {
        var offered = Parse("x", line);
        Assert.True(offered.Size);
        Assert.Null(offered.MaxMessageSize);
    }

    [Theory]
    [InlineData("LIMITS RCPTMAX=0")]
    [InlineData("LIMITS RCPTMAX=1234567")]
    [InlineData("LIMITS RCPTMAX=")]
    [InlineData("LIMITS RCPTMAX")]
    [InlineData("LIMITS =20")]
    [InlineData("LIMITS FOO=3")]
    public void Skips_limits_that_mean_nothing(string line) => Assert.Equal(default, Parse("x", line).Limits);

    [Fact]
    public void Knows_no_keyword_by_its_beginning()
    {
        var offered = Parse("x", "XSTARTTLS", "STARTTLSX", "PIPELINING-2", "SIZEX 5");
        Assert.False(offered.StartTls || offered.Pipelining || offered.Size);
    }

    [Fact]
    public void Survives_mutations_of_real_replies()
    {
        byte[][] seeds =
        [
            [.. "250-SIZE 157286400"u8], [.. "250-8BITMIME"u8], [.. "250-AUTH=LOGIN PLAIN"u8], [.. "250-AUTH LOGIN"u8],
            [.. "250-LIMITS RCPTMAX=20 MAILMAX=5"u8], [.. "250-STARTTLS"u8], [.. "250-PIPELINING"u8], [.. "250-"u8],
        ];
        var parser = new SmtpReplyParser();
        var mutations = new Mutations(seeds, seed: 3);
        var understood = 0;
        for (var i = 0; i < 100_000; i++)
        {
            try
            {
                Assert.Null(parser.Add("250-mail.example.com"u8, SmtpStage.Ehlo));
                var reply = parser.Add(mutations.Next(), SmtpStage.Ehlo) ?? parser.Add("250 DSN"u8, SmtpStage.Ehlo);
                if (reply is not null)
                {
                    var offered = EhloCapabilities.Parse(reply);
                    Assert.Equal(reply.Lines.Count - 1, offered.Keywords.Count);
                    Assert.DoesNotContain(
                        offered.AuthMechanisms, m => m.Length == 0 || m.Contains(' ', StringComparison.Ordinal));
                    Assert.True(offered.MaxMessageSize is null or > 0);
                    understood += offered.StartTls || offered.Pipelining || offered.Size ? 1 : 0;
                }
            }
            catch (SmtpProtocolException)
            {
                Assert.False(parser.IsInsideReply);
            }
        }

        Assert.InRange(understood, 10_000, 90_000);
    }

    private static EhloCapabilities Parse(params string[] lines)
    {
        var parser = new SmtpReplyParser();
        SmtpReply? reply = null;
        for (var i = 0; i < lines.Length; i++)
        {
            var separator = i == lines.Length - 1 ? ' ' : '-';
            reply = parser.Add(Encoding.UTF8.GetBytes($"250{separator}{lines[i]}"), SmtpStage.Ehlo);
        }

        Assert.NotNull(reply);
        return EhloCapabilities.Parse(reply);
    }
}
