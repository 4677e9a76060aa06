using System.Net;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Tests.Dns;

public sealed class ReplyInterpreterTests
{
    private static readonly DnsQuestion Question = new(DnsName.Parse("www.example.com"), DnsRecordType.A);
    private static readonly IPEndPoint Server = new(IPAddress.Parse("192.0.2.53"), 53);

    private static readonly SoaRecord Authority = new(
        DnsName.Parse("example.com"), default, DnsName.Root, DnsName.Root, 1, default, default, default, default);

    [Theory]
    [InlineData(0, DnsOutcome.NoData)]
    [InlineData(1, DnsOutcome.OtherError)]
    [InlineData(2, DnsOutcome.ServFail)]
    [InlineData(3, DnsOutcome.NxDomain)]
    [InlineData(4, DnsOutcome.OtherError)]
    [InlineData(5, DnsOutcome.Refused)]
    [InlineData(16, DnsOutcome.OtherError)]
    public void Tells_the_codes_apart(int code, DnsOutcome outcome)
    {
        var response = Interpret(new Reply { Code = code });
        Assert.Equal(outcome, response.Outcome);
        Assert.Equal(code, response.ResponseCode);
        Assert.Equal(Server, response.Server);
    }

    [Fact]
    public void Records_of_another_name_are_no_answer()
    {
        var stray = new AddressRecord(DnsName.Parse("other.example"), default, IPAddress.Loopback);
        Assert.Equal(DnsOutcome.NoData, Interpret(new Reply { Answers = [stray] }).Outcome);
    }

    [Fact]
    public void An_alias_alone_is_to_be_asked_for()
    {
        var response = Interpret(new Reply { Answers = [Alias("www.example.com", "host.example.net")] });
        Assert.Equal("host.example.net", ReplyInterpreter.NextAlias(response)?.ToString());
    }

    [Fact]
    public void An_alias_whose_target_is_known_to_have_no_data_is_not()
    {
        var response = Interpret(new Reply
        {
            Answers = [Alias("www.example.com", "host.example.com")], Authority = Authority,
        });
        Assert.Equal(DnsOutcome.NoData, response.Outcome);
        Assert.Null(ReplyInterpreter.NextAlias(response));
    }

    [Fact]
    public void An_alias_that_leads_back_ends()
    {
        var response = Interpret(new Reply
        {
            Answers = [Alias("www.example.com", "a.example"), Alias("a.example", "www.example.com")],
        });
        Assert.Equal(DnsOutcome.AliasLoop, response.Outcome);
    }

    [Fact]
    public void A_joined_answer_proves_only_what_both_parts_prove()
    {
        var first = Interpret(new Reply
        {
            Answers = [Alias("www.example.com", "a.example")], Flags = MessageHeader.AuthenticatedData,
        });
        var address = new AddressRecord(DnsName.Parse("a.example"), default, IPAddress.Loopback);
        var next = Interpret(new Reply { Answers = [address] });
        Assert.True(first.IsAuthenticated);
        var joined = ReplyInterpreter.Join(first, next with { Outcome = DnsOutcome.Success });
        Assert.False(joined.IsAuthenticated);
        Assert.Equal("a.example", joined.CanonicalName.ToString());
        Assert.Single(joined.Records<AddressRecord>());
    }

    [Fact]
    public void A_referral_is_no_answer()
    {
        var referral = Interpret(new Reply { HasReferral = true });
        Assert.Equal(DnsOutcome.OtherError, referral.Outcome);
        Assert.NotEmpty(referral.Detail);
        Assert.Equal(
            DnsOutcome.NoData,
            Interpret(new Reply { HasReferral = true, Flags = MessageHeader.RecursionAvailable }).Outcome);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Believes_only_whom_it_trusts(bool isTrusted, bool isAuthenticated)
    {
        var response = Interpret(new Reply { Flags = MessageHeader.AuthenticatedData }, isTrusted);
        Assert.True(response.HasAuthenticatedDataBit);
        Assert.Equal(isAuthenticated, response.IsAuthenticated);
    }

    private static CnameRecord Alias(string name, string target) =>
        new(DnsName.Parse(name), default, DnsName.Parse(target));

    private static DnsResponse Interpret(Reply reply, bool isTrusted = true) => ReplyInterpreter.Interpret(
        Question,
        new DnsMessage(
            new MessageHeader(1, MessageHeader.Response | reply.Flags, 1, reply.Answers.Count, 0, 0),
            reply.Code,
            reply.Answers,
            reply.Authority,
            reply.HasReferral,
            true,
            []),
        100,
        new ReplySource(Server, false, isTrusted));

    private sealed record Reply
    {
        public int Code { get; init; }

        public int Flags { get; init; }

        public IReadOnlyList<DnsRecord> Answers { get; init; } = [];

        public SoaRecord? Authority { get; init; }

        public bool HasReferral { get; init; }
    }
}
