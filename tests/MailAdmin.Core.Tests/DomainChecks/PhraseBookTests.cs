using System.Text.RegularExpressions;
using MailAdmin.DomainChecks;

namespace MailAdmin.Tests.DomainChecks;

public sealed partial class PhraseBookTests
{
    /// <summary>The folders of code that speak in phrases, and the part whose files hold them.</summary>
    public static TheoryData<string, string> Books => new()
    {
        { "src/MailAdmin.Core/DomainChecks", "MailAdmin.DomainChecks" },
        { "src/MailAdmin.Core/Transports/Methods", "MailAdmin.Transports.Methods" },
    };

    [Theory]
    [MemberData(nameof(Books))]
    public void Every_phrase_of_the_code_is_in_the_book_and_no_other(string folder, string part)
    {
        var book = new PhraseBook(part, "en-US");
        var used = Uses(folder).Select(use => use.Key).ToHashSet();
        Assert.Empty(used.Except(book.Keys));
        Assert.Empty(book.Keys.Except(used));
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void No_text_has_more_places_than_the_code_fills(string folder, string part)
    {
        var book = new PhraseBook(part, "en-US");
        Assert.All(Uses(folder), use =>
        {
            var phrase = new Phrase(use.Key, [.. Enumerable.Repeat("x", use.Arguments)]);
            Assert.NotEmpty(book.Text(phrase) + book.Advice(phrase));
        });
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void Japanese_says_all_that_English_says_with_the_same_arguments(string folder, string part)
    {
        Assert.NotEmpty(Uses(folder));
        var (inEnglish, inJapanese) = (new PhraseBook(part, "en-US"), new PhraseBook(part, "ja-JP"));
        Assert.Equal(inEnglish.Keys, inJapanese.Keys);
        Assert.All(inEnglish.Keys, key =>
        {
            var marks = Enumerable.Range(0, 9).Select(i => (object)$"<{i}>").ToArray();
            var phrase = new Phrase(key, marks);
            foreach (
                var say in new Func<PhraseBook, string>[] { book => book.Text(phrase), book => book.Advice(phrase) })
            {
                var (english, japanese) = (say(inEnglish), say(inJapanese));
                Assert.Equal(Marks(english), Marks(japanese));
                Assert.Equal(english.Length == 0, japanese.Length == 0);
                Assert.Equal(english.EndsWith('.'), japanese.EndsWith('。'));
            }
        });

        static HashSet<string> Marks(string text) => [.. Mark().Matches(text).Select(match => match.Value)];
    }

    [Theory]
    [MemberData(nameof(Books))]
    public void Japanese_is_Japanese_throughout(string folder, string part)
    {
        // These are nothing but what stands elsewhere, and names that stay as they are.
        var foreign = new[] { "MtaStsUnreachable", "ServerShouldNotBeSet" };
        var book = new PhraseBook(part, "ja-JP");
        Assert.All(Uses(folder).Select(use => use.Key).Except(foreign), key =>
            Assert.Matches("[\u3040-\u30ff\u4e00-\u9fff]", book.Text(new Phrase(key, 0, 1, 2, 3, 4))));
    }

    [Theory]
    [InlineData("ja-JP", "ja-JP")]
    [InlineData("JA", "ja-JP")]
    [InlineData("en-GB", "en-US")]
    [InlineData("fr-FR", "en-US")]
    [InlineData("", "en-US")]
    public void The_language_of_a_culture_is_found_and_English_stands_in(string wanted, string found) =>
        Assert.Equal(found, PhraseBook.For(wanted).Culture);

    [Fact]
    public void What_strangers_wrote_cannot_steer_a_terminal_or_fill_it()
    {
        var text = new Phrase("TagMalformed", "\n\u001b[31m{0}\u202e" + new string('x', 5000)).ToString();
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.DoesNotContain('\n', text);
        Assert.Contains("[31m{0}", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 1000);
    }

    /// <summary>Each place in the code that makes a phrase, with the number of its arguments.</summary>
    private static IEnumerable<(string Key, int Arguments)> Uses(string folder) =>
        from file in SourceTree.CSharpFiles(folder)
        let text = File.ReadAllText(file.FullName)
        from match in Key().Matches(text)
        select (match.Groups[1].Value, Arguments(text, match.Index + match.Length));

    /// <summary>
    /// Counts the commas up to the parenthesis that closes the call, outside of inner ones and strings.
    /// </summary>
    private static int Arguments(string text, int at)
    {
        var (count, depth, isString) = (0, 0, false);
        for (; depth >= 0; at++)
        {
            isString ^= text[at] == '"';
            depth += isString ? 0 : text[at] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            count += !isString && depth == 0 && text[at] == ',' ? 1 : 0;
        }

        return count;
    }

    [GeneratedRegex("new Phrase\\(\\s*\"(\\w+)\"")]
    private static partial Regex Key();

    [GeneratedRegex("<\\d>")]
    private static partial Regex Mark();
}
