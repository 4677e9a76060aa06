using MailAdmin.Server;

namespace MailAdmin.Tests.Server;

public sealed class FaultScriptTests
{
    [Theory]
    [InlineData("rcpt:2=550 5.1.1 no such user")]
    [InlineData("data=drop")]
    [InlineData("eod=stall")]
    [InlineData("banner=garbage")]
    [InlineData("content@5000=drop")]
    [InlineData("content:2@5000*3=reset")]
    [InlineData("mail*1=451 4.7.1 greylisted\\nsecond line")]
    [InlineData("ehlo=slow 10")]
    [InlineData("connect:3=421 ")]
    public void Reads_what_it_writes(string text) => Assert.Equal(text, Fault.Parse(text).ToString());

    [Fact]
    public void Reads_every_part()
    {
        var fault = Fault.Parse(" RCPT:2*3 = 550 5.1.1 x ");

        Assert.Equal((FaultStep.Rcpt, FaultKind.Reply, 2, 3), (fault.Step, fault.Kind, fault.Occurrence, fault.Times));
        Assert.Equal("550 5.1.1 x", fault.Reply!.ToString());
        Assert.Equal("5.1.1", fault.Reply.Enhanced.ToString());
    }

    [Fact]
    public void Skips_empty_lines_and_comments() =>
        Assert.Equal(2, FaultScript.Parse("# a comment\n\nquit=drop\r\n  rset=500 no\n").Faults.Count);

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("dta=drop")]
    [InlineData("data=dorp")]
    [InlineData("data:0=drop")]
    [InlineData("data:x=drop")]
    [InlineData("data@5=drop")]
    [InlineData("data=slow")]
    [InlineData("data=slow 0")]
    [InlineData("data=650 x")]
    [InlineData("data=2x0 x")]
    [InlineData("data=250\u0007 x")]
    [InlineData("data=250 a\0b")]
    public void Refuses_what_is_no_fault(string text)
    {
        var failure = Assert.Throws<SmtpTestServerException>(() => Fault.Parse(text));
        Assert.Equal(("InvalidFault", MailErrorKind.InvalidInput), (failure.ErrorId, failure.Kind));
    }
}
