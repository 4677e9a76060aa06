using System.Text.RegularExpressions;
using MailAdmin.DomainChecks;

namespace MailAdmin.Tests.DomainChecks;

public sealed partial class PhraseBookTests
{
    [Fact]
    public void Every_phrase_of_the_code_is_in_the_book_and_no_other()
    {
        var used = SourceTree.CSharpFiles("src/MailAdmin.Core/DomainChecks")
            .SelectMany(file => Keys().Matches(File.ReadAllText(file.FullName)))
            .Select(match => match.Groups[1].Value)
            .ToHashSet();
        Assert.Empty(used.Except(PhraseBook.English.Keys));
        Assert.Empty(PhraseBook.English.Keys.Except(used));
    }

    [GeneratedRegex("new Phrase\\(\\s*\"(\\w+)\"")]
    private static partial Regex Keys();
}
