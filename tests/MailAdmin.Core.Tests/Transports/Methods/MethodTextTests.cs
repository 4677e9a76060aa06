using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

/// <summary>What is said about methods is complete in each language, and says the same.</summary>
public sealed partial class MethodTextTests
{
    private static readonly SendMethodCatalog English = SendMethodCatalog.Load(null);
    private static readonly SendMethodCatalog Japanese = SendMethodCatalog.Load(null, "ja-JP");

    public static TheoryData<SendMethodId> Methods => [.. English.Methods.Select(method => method.Id)];

    [Theory]
    [MemberData(nameof(Methods))]
    public void Both_languages_say_as_much_about_a_method(SendMethodId id)
    {
        var (english, japanese) = (English[id], Japanese[id]);

        Assert.All([english.Name, english.Summary, english.From, japanese.Name, japanese.From], Assert.NotEmpty);
        Assert.Equal(english.Needs.Count, japanese.Needs.Count);
        Assert.Equal(english.Notes.Count, japanese.Notes.Count);
        Assert.Equal(english.SetUp.Select(step => step.When), japanese.SetUp.Select(step => step.When));
        Assert.All(
            [japanese.Summary, japanese.From, .. japanese.Needs.Where(HasWords), .. japanese.Notes],
            text => Assert.Matches("[\u3040-\u30ff]", text));
        Assert.Equal(
            Numbers([english.Summary, english.From, .. english.Needs, .. english.Notes]),
            Numbers([japanese.Summary, japanese.From, .. japanese.Needs, .. japanese.Notes]));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Commands_records_and_places_are_the_same_in_both(SendMethodId id)
    {
        foreach (var (english, japanese) in English[id].SetUp.Zip(Japanese[id].SetUp))
        {
            Assert.Equal(english.Lines.Count, japanese.Lines.Count);
            Assert.Equal(english.Lines.Where(IsCode), japanese.Lines.Where(IsCode));
            Assert.Equal(Places(english), Places(japanese));
        }
    }

    [Fact]
    public void Facts_are_the_same_in_both() => Assert.Equal(
        English.Methods.Select(method => (method.Id, method.Tls, method.Login, method.External, method.Preference)),
        Japanese.Methods.Select(method => (method.Id, method.Tls, method.Login, method.External, method.Preference)));

    [Fact]
    public void Hosts_that_should_not_be_set_are_explained_in_both()
    {
        Assert.Equal(English.KnownHosts.Select(host => host.Host), Japanese.KnownHosts.Select(host => host.Host));
        Assert.All(Japanese.KnownHosts, host => Assert.Matches("[\u3040-\u30ff].*。$", host.Note));
    }

    [Fact]
    public void Advice_is_Japanese_from_the_verdict_to_the_set_up()
    {
        var ranked = new SendMethodAdvisor(Japanese).Rank(new SendMethodWishes
        {
            External = true, NoTls12 = true, NoLogin = true, NoOAuth = true, RecipientsPerDay = 20_000, AnyFrom = true,
            HostedElsewhere = true, SaveToSentItems = true, Port25Blocked = true, ServerFieldLength = 10,
        });

        Assert.All(ranked, method => Assert.NotEmpty(method.Reasons));
        Assert.All(
            ranked.SelectMany(method => method.Reasons), reason => Assert.Matches("[\u3040-\u30ff].*。$", reason.Text));
        Assert.DoesNotContain(ranked.SelectMany(method => method.SetUp).SelectMany(step => step.Lines), line =>
            line.Contains('{', StringComparison.Ordinal) || line.Contains("<your", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_one_s_own_keeps_its_words_and_the_language_of_the_rest()
    {
        using var own = new MemoryStream("""{ "asOf": "2027-02-03", "methods": [] }"""u8.ToArray());

        Assert.Equal(Japanese[SendMethodId.Relay].Name, Japanese.With(own)[SendMethodId.Relay].Name);
    }

    /// <summary>The built-in file itself is the form of one's own, and holds no texts.</summary>
    [Fact]
    public void A_file_of_one_s_own_may_be_the_built_in_one_and_loses_no_texts()
    {
        using var facts = typeof(SendMethodCatalog).Assembly
            .GetManifestResourceStream("MailAdmin.Transports.Methods.methods.json")!;

        var own = Japanese.With(facts);

        Assert.All(Japanese.Methods, method => Assert.Equivalent(method, own[method.Id]));
        Assert.Equal(
            Japanese.KnownHosts.Select(host => host.Note),
            own.KnownHosts.Take(Japanese.KnownHosts.Count).Select(host => host.Note));
    }

    [Theory]
    [InlineData(", \"name\": \"Our Graph\"", "Our Graph")]
    [InlineData("", "Microsoft Graph")]
    public void A_file_of_one_s_own_carries_texts_or_leaves_them_out(string text, string name)
    {
        var own = With($$"""
            { "asOf": "2027-02-03", "methods": [{ "id": "Graph", "preference": 1, "ports": [443], "tls": "Required",
              "login": "App", "external": true, "sentItems": "Optional", "thirdPartyHosting": true{{text}} }] }
            """);

        Assert.Contains(name, own[SendMethodId.Graph].Name, StringComparison.Ordinal);
        Assert.Equal(English[SendMethodId.Graph].Summary, own[SendMethodId.Graph].Summary);
        Assert.Equal(English[SendMethodId.Graph].Needs, own[SendMethodId.Graph].Needs);
    }

    [Theory]
    [InlineData("\"methods\": [{ \"id\": \"Graph\", \"ports\": [443] }]", "preference")]
    [InlineData("\"methods\": [{ \"preference\": 1 }]", "id")]
    [InlineData("\"knownHosts\": [{ \"host\": \"old.example\" }]", "'old.example' lacks its 'note'")]
    public void A_file_of_one_s_own_that_lacks_something_hears_what(string content, string missing)
    {
        var error = Assert.Throws<JsonException>(() => With($"{{ \"asOf\": \"2027-02-03\", {content} }}"));

        Assert.Contains(missing, error.Message, StringComparison.Ordinal);
    }

    private static SendMethodCatalog With(string own)
    {
        using var json = new MemoryStream(Encoding.UTF8.GetBytes(own));
        return English.With(json);
    }

    private static bool HasWords(string text) =>
        text.Any(c => c > '\u3000') || !text.StartsWith("TLS", StringComparison.Ordinal);

    private static bool IsCode(string line) => Code().IsMatch(line);

    private static IEnumerable<string> Places(SetUpStep step) =>
        Place().Matches(string.Join('\n', step.Lines.Prepend(step.Title))).Select(match => match.Value).Order();

    /// <summary>Codes, counts and versions; words for numbers do not occur in either language.</summary>
    private static IEnumerable<string> Numbers(IEnumerable<string> texts) =>
        Number().Matches(string.Join('\n', texts)).Select(match => match.Value).Where(number => number.Length > 2)
            .Order();

    [GeneratedRegex("^([A-Z][a-z]+-[A-Z]|v=spf1)")]
    private static partial Regex Code();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\d[\d.,]*\d|\d")]
    private static partial Regex Number();
}
