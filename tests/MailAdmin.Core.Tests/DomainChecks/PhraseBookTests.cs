using System.Text.RegularExpressions;
using MailAdmin.DomainChecks;

namespace MailAdmin.Tests.DomainChecks;

public sealed partial class PhraseBookTests
{
    [Fact]
    public void Every_phrase_of_the_code_is_in_the_book_and_no_other()
    {
        var used = Uses().Select(use => use.Key).ToHashSet();
        Assert.Empty(used.Except(PhraseBook.English.Keys));
        Assert.Empty(PhraseBook.English.Keys.Except(used));
    }

    [Fact]
    public void No_text_has_more_places_than_the_code_fills() => Assert.All(Uses(), use =>
    {
        var phrase = new Phrase(use.Key, [.. Enumerable.Repeat("x", use.Arguments)]);
        Assert.NotEmpty(PhraseBook.English.Text(phrase) + PhraseBook.English.Advice(phrase));
    });

    [Fact]
    public void What_strangers_wrote_cannot_steer_a_terminal_or_fill_it()
    {
        var text = new Phrase("TagMalformed", "\u001b[31m{0}\u202e" + new string('x', 5000)).ToString();
        Assert.DoesNotContain('\u001b', text);
        Assert.DoesNotContain('\u202e', text);
        Assert.Contains("[31m{0}", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 1000);
    }

    /// <summary>Each place in the code that makes a phrase, with the number of its arguments.</summary>
    private static IEnumerable<(string Key, int Arguments)> Uses() =>
        from file in SourceTree.CSharpFiles("src/MailAdmin.Core/DomainChecks")
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
}
