using FsCheck.Fluent;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Throttling;

public sealed class LimitTextTests
{
    [Theory]
    [InlineData("30/minute", 30, LimitUnit.Messages, 60)]
    [InlineData("30 / min", 30, LimitUnit.Messages, 60)]
    [InlineData("100 messages per hour", 100, LimitUnit.Messages, 3600)]
    [InlineData("10000 recipients/day", 10_000, LimitUnit.Recipients, 86_400)]
    [InlineData("10,000 Recipients / 24 hours", 10_000, LimitUnit.Recipients, 86_400)]
    [InlineData("5 mails/90s", 5, LimitUnit.Messages, 90)]
    [InlineData("2/d", 2, LimitUnit.Messages, 86_400)]
    [InlineData("0/hour", 0, LimitUnit.Messages, 3600)]
    public void Reads_what_people_write(string text, int count, LimitUnit unit, int seconds) =>
        Assert.Equal(new SendLimit(count, unit, seconds), LimitText.Parse(text));

    [Theory]
    [InlineData("")]
    [InlineData("30")]
    [InlineData("minute")]
    [InlineData("-1/minute")]
    [InlineData("30/0 minutes")]
    [InlineData("30/fortnight")]
    [InlineData("1,00/minute")]
    [InlineData("30/minutes and a half")]
    [InlineData("99999999999/minute")]
    [InlineData("4294967296/minute")]
    [InlineData("1/9999 days")]
    [InlineData("30 stamps/minute")]
    public void Refuses_what_is_no_limit(string text)
    {
        var failure = Assert.Throws<ThrottleException>(() => LimitText.Parse(text));

        Assert.Equal("InvalidLimit", failure.ErrorId);
        Assert.Equal(MailErrorKind.InvalidInput, failure.Kind);
    }

    [Fact]
    public void Reads_every_limit_as_it_is_shown() =>
        Samples.Hold(
            from count in Gen.Choose(0, int.MaxValue)
            from unit in Gen.Elements(LimitUnit.Messages, LimitUnit.Recipients)
            from seconds in Gen.OneOf(Gen.Choose(1, 366 * 86_400), Gen.Elements(60, 3600, 86_400))
            select new SendLimit(count, unit, seconds),
            limit => Assert.Equal(limit, LimitText.Parse(limit.ToString())));
}
