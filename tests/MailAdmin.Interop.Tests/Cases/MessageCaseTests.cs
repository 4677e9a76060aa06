namespace MailAdmin.Interop.Cases;

/// <summary>The cases that the servers' tests run.</summary>
public sealed class MessageCaseTests
{
    [Fact]
    public void Are_few()
    {
        // The two longest features alone make 99 pairs.
        Assert.InRange(MessageCase.For(ServerAbilities.Postfix).Count, 99, 150);
    }

    [Fact]
    public void Show_images_only_in_html()
    {
        Assert.All(
            MessageCase.For(ServerAbilities.Postfix).Where(c => c.InlineImages),
            c => Assert.True(c.Body is BodyKind.Html or BodyKind.Alternative));
    }

    [Fact]
    public void Ask_nothing_of_a_server_that_it_cannot_do()
    {
        Assert.All(MessageCase.For(ServerAbilities.OpenSmtpd), c =>
        {
            Assert.NotEqual(RecipientKind.InternationalLocalPart, c.Recipients);
            Assert.Equal(SecurityKind.None, c.Security);
            Assert.Equal(LoginKind.None, c.Login);
            Assert.False(c.Chunking);
            Assert.False(c.Names == NameKind.Quoted && c.Recipients == RecipientKind.Three);
        });
        Assert.DoesNotContain(
            MessageCase.For(ServerAbilities.Exim),
            c => c.Login != LoginKind.None && c.Security == SecurityKind.None);
    }
}
