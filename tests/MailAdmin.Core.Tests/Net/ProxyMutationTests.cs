using System.Text;
using MailAdmin.Net;

namespace MailAdmin.Tests.Net;

public sealed class ProxyMutationTests
{
    private const int Count = 100_000;

    private static readonly byte[] SocksAnswers = Convert.FromHexString(
        "0502" + "0100" + "05000003" + "0C" + Convert.ToHexString("mail.example"u8) + "0019");

    private static readonly byte[] HttpAnswer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 200 Connection established\r\nVia: 1.1 proxy\r\nX-Cache: MISS\r\n\r\n");

    [Fact]
    public void Socks_answers_in_order_establish_the_tunnel() => Assert.Equal("done", Run(Socks(), SocksAnswers));

    [Fact]
    public void Http_answer_establishes_the_tunnel() => Assert.Equal("done", Run(Http(), HttpAnswer));

    [Fact]
    public void A_hundred_thousand_damaged_socks_answers_end_in_order()
    {
        var ends = Mutations.Of([SocksAnswers], Count, seed: 1928).Select(m => Run(Socks(), m)).ToHashSet();
        Assert.Superset(
            new HashSet<string>
            {
                "done", "hungry", "ProxyProtocolError", "ProxyAuthenticationFailed", "ConnectFailed",
            },
            ends);
    }

    [Fact]
    public void A_hundred_thousand_damaged_http_answers_end_in_order()
    {
        var ends = Mutations.Of([HttpAnswer], Count, seed: 9110).Select(m => Run(Http(), m)).ToHashSet();
        Assert.Superset(new HashSet<string> { "done", "hungry", "ProxyProtocolError" }, ends);
    }

    private static Socks5Negotiation Socks() => new(new Uri("socks5://u:p@proxy.example:1080"), "mail.example", 25);

    private static HttpConnectNegotiation Http() => new(new Uri("http://proxy.example:8080"), "mail.example", 25);

    /// <summary>How it ended; any exception but the negotiation's own fails the test.</summary>
    private static string Run(IProxyNegotiation negotiation, ReadOnlySpan<byte> answers)
    {
        try
        {
            while (negotiation.Wanted > 0)
            {
                Assert.InRange(negotiation.Wanted, 1, byte.MaxValue + 2);
                if (negotiation.Wanted > answers.Length)
                {
                    return "hungry";
                }

                var wanted = negotiation.Wanted;
                negotiation.Feed(answers[..wanted]);
                answers = answers[wanted..];
            }

            return "done";
        }
        catch (ConnectException e)
        {
            return e.ErrorId;
        }
    }
}
