using System.Text;
using MailAdmin.Diagnosis;
using MailAdmin.Smtp;

namespace MailAdmin.Tests.Diagnosis;

public sealed class FixtureTests
{
    public static TheoryData<string, string> Names()
    {
        var names = new TheoryData<string, string>();
        foreach (var name in FixtureCase.All)
        {
            names.Add(name.Source, "en-US");
            names.Add(name.Source, "ja-JP");
        }

        return names;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Real_replies_get_the_verdict_of_the_facts(string source, string culture)
    {
        var expected = FixtureCase.All.Single(f => f.Source == source);

        var found = Assert.Single(ErrorCatalog.Default.Explain(expected.Text, culture));

        Assert.Equal(
            (expected.Id, expected.IsTransient, expected.Retry, string.Join(',', expected.Methods)),
            (found.Id, found.IsTransient, found.Retry, string.Join(',', found.Methods)));
        Assert.Equal(culture, found.Culture);
        Assert.Equal(culture == "ja-JP", found.Cause.Any(c => c > '\u3000'));
        Assert.All(found.Remedies, remedy => Assert.NotEmpty(remedy));
    }

    /// <summary>The same replies as a client reads them off the wire.</summary>
    [Fact]
    public void Replies_off_the_wire_get_the_same_verdict()
    {
        var checkedCases = 0;
        foreach (var fixture in FixtureCase.All)
        {
            var parser = new SmtpReplyParser();
            SmtpReply? reply = null;
            try
            {
                foreach (var line in fixture.Text.Split('\n'))
                {
                    reply = parser.Add(Encoding.UTF8.GetBytes(line), SmtpStage.RcptTo);
                }
            }
            catch (SmtpProtocolException)
            {
                // Pasted with something around it; no reply as such.
                continue;
            }

            if (reply is not null)
            {
                checkedCases++;
                Assert.Equal(
                    (fixture.Source, fixture.Id), (fixture.Source, ErrorCatalog.Default.Explain(reply, "en-US")[0].Id));
            }
        }

        Assert.InRange(checkedCases, 80, FixtureCase.All.Count);
    }
}
