using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

public sealed partial class CatalogTests
{
    private static readonly string Data = Path.Combine(
        SourceTree.Root.FullName, "src", "MailAdmin.Core", "Diagnosis", "Data");

    private static readonly string[] Known =
        ["user", "sender", "recipient", "domain", "server"];

    [Fact]
    public void Both_languages_have_words_for_every_rule_and_no_others()
    {
        var rules = Ids(Load("rules.json"));
        foreach (var culture in new[] { "en-US", "ja-JP" })
        {
            var texts = Load($"text.{culture}.json").GetProperty("rules").EnumerateObject().Select(p => p.Name)
                .ToList();
            Assert.Equal(rules.Order(), texts.Order());
        }

        Assert.Equal(rules.Count, rules.Distinct().Count());
        Assert.Equal(["en-US", "ja-JP"], ErrorCatalog.Default.Cultures);
    }

    [Fact]
    public void Both_languages_name_the_same_number_of_remedies_and_no_sentence_is_empty_or_left_in_English()
    {
        var english = Load("text.en-US.json").GetProperty("rules");
        foreach (var japanese in Load("text.ja-JP.json").GetProperty("rules").EnumerateObject())
        {
            var (there, here) = (Sentences(english.GetProperty(japanese.Name)), Sentences(japanese.Value));
            Assert.Equal((japanese.Name, there.Count), (japanese.Name, here.Count));
            Assert.InRange(there.Count, 2, 6);
            Assert.All(here, sentence => Assert.True(Kana().IsMatch(sentence) && sentence.EndsWith('。'), sentence));
            Assert.All(there, sentence => Assert.True(sentence.EndsWith('.') && !Kana().IsMatch(sentence), sentence));
        }
    }

    [Fact]
    public void Commands_have_only_placeholders_that_can_be_filled_in() =>
        Assert.All(
            Load("rules.json").GetProperty("rules").EnumerateArray()
                .Where(r => r.TryGetProperty("commands", out _))
                .SelectMany(r => r.GetProperty("commands").EnumerateArray())
                .SelectMany(c => Placeholder().Matches(c.GetString()!))
                .Select(m => m.Groups[1].Value),
            name => Assert.Contains(name, Known));

    [Fact]
    public void The_rules_that_come_with_the_product_pass_the_checks_of_a_users_file() =>
        Assert.Equal(
            ErrorCatalog.Default.Date,
            ErrorCatalog.Default.With(File.ReadAllBytes(Path.Combine(Data, "rules.json"))).Date);

    /// <summary>What Core raises while it sends is known here by its name.</summary>
    [Fact]
    public void Every_failure_of_sending_has_a_rule()
    {
        var raised =
            from folder in new[] { "Addressing", "Net", "Sasl", "Identity", "Smtp", "Mime" }
            from file in SourceTree.CSharpFiles($"src/MailAdmin.Core/{folder}")
            where file.Directory!.Name != "Secrets"
            from match in ErrorId().Matches(File.ReadAllText(file.FullName))
            select match.Groups[1].Value;
        var known = Load("rules.json").GetProperty("rules").EnumerateArray()
            .SelectMany(r => r.GetProperty("when").EnumerateArray())
            .Where(w => w.TryGetProperty("errorId", out _))
            .SelectMany(w => w.GetProperty("errorId").EnumerateArray())
            .Select(id => id.GetString()!)
            .ToHashSet();

        // These always carry the server's reply or the sign-in service's code, which decides.
        string[] replies = ["SmtpAuthFailed", "SmtpRecipientsRefused", "TokenRefused"];
        var missing = raised.Distinct().Except(known).Except(replies).ToList();

        Assert.Empty(missing);
        Assert.InRange(known.Count, 80, 200);
    }

    [Theory]
    [InlineData("ja-JP", "ja-JP")]
    [InlineData("JA-jp", "ja-JP")]
    [InlineData("ja", "ja-JP")]
    [InlineData("en-GB", "en-US")]
    [InlineData("de-DE", "en-US")]
    [InlineData("", "en-US")]
    public void The_language_is_the_nearest_there_is(string wanted, string expected)
    {
        const string Reply = "550 5.7.60 Client does not have permissions to send as this sender";

        Assert.Equal(expected, Assert.Single(ErrorCatalog.Default.Explain(Reply, wanted)).Culture);
    }

    [Fact]
    public void Without_a_wish_the_language_is_that_of_the_process()
    {
        var before = CultureInfo.CurrentUICulture;
        try
        {
            CultureInfo.CurrentUICulture = CultureInfo.InvariantCulture;
            Assert.Equal("en-US", ErrorCatalog.Default.Explain("550 5.7.60 x y z")[0].Culture);
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }

    [Fact]
    public void No_culture_object_is_ever_made_of_a_name() =>
        Assert.DoesNotContain(
            SourceTree.CSharpFiles("src/MailAdmin.Core/Diagnosis"),
            file => CultureObject().IsMatch(File.ReadAllText(file.FullName)));

    private static JsonElement Load(string name) =>
        JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Data, name))).RootElement;

    private static List<string> Ids(JsonElement file) =>
        [.. file.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];

    private static List<string> Sentences(JsonElement rule) =>
    [
        rule.GetProperty("cause").GetString()!,
        .. rule.GetProperty("remedies").EnumerateArray().Select(remedy => remedy.GetString()!),
    ];

    [GeneratedRegex(@"[\u3040-\u30FF]")]
    private static partial Regex Kana();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"new\s+CultureInfo|CultureInfo\.GetCultureInfo|CreateSpecificCulture")]
    private static partial Regex CultureObject();

    // A name in PascalCase where an exception of ours takes its id.
    [GeneratedRegex(
        @"(?:new(?:\s+\w*(?:Exception|Fault))?\(|Exception\(|const string \w+ = |Remedy\()\s*" +
        @"""([A-Z][a-z]+(?:[A-Z0-9][A-Za-z0-9]*)+)""\s*[,;]" +
        @"(?=\s*(?:MailErrorKind|SmtpStage|stage|\$?""|$))",
        RegexOptions.Multiline)]
    private static partial Regex ErrorId();
}
