using System.Text;
using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

public sealed class OverrideTests
{
    private const string Text = """
        "texts": { "en-US": { "OurGateway": { "cause": "The gateway.", "remedies": ["Ask Anna."] } } }
        """;

    private const string Rule = """
        {
          "id": "OurGateway",
          "when": [ { "code": ["550"], "text": ["Blocked by gateway"] } ],
          "commands": ["Get-GatewayLog {sender}"],
          "source": "2026-11"
        }
        """;

    [Fact]
    public void A_users_rule_is_asked_before_those_that_come_with_the_product()
    {
        var catalog = With($$"""{ "date": "2027-01-01", "rules": [ {{Rule}} ], {{Text}} }""");

        var found = Assert.Single(catalog.Explain("550 5.7.1 Blocked by gateway", "en-US"));
        Assert.Equal(("OurGateway", "The gateway.", "Ask Anna."), (found.Id, found.Cause, found.Remedies[0]));
        Assert.Equal(new DateOnly(2027, 1, 1), catalog.Date);
        Assert.Equal("SendAsMissing", catalog.Explain("550 5.7.60 no permission", "en-US")[0].Id);
        Assert.NotEqual("OurGateway", ErrorCatalog.Default.Explain("550 5.7.1 Blocked by gateway", "en-US")[0].Id);
    }

    [Fact]
    public void Where_a_users_rule_has_no_words_in_the_language_English_stands_in()
    {
        var catalog = With($$"""{ "date": "2026-11-22", "rules": [ {{Rule}} ], {{Text}} }""");

        var found = Assert.Single(catalog.Explain("550 Blocked by gateway", "ja-JP"));

        Assert.Equal(("en-US", "The gateway."), (found.Culture, found.Cause));
    }

    [Fact]
    public void A_rule_with_a_known_name_replaces_that_rule_and_keeps_its_words()
    {
        var catalog = With("""
            // Comments and trailing commas are welcome.
            {
              "date": "2026-01-01",
              "rules": [ { "id": "SendAsMissing", "when": [ { "enhanced": ["5.7.999"] } ], "source": "2026-11" }, ]
            }
            """);

        Assert.Equal("SendAsMissing", catalog.Explain("550 5.7.999 zzz", "en-US")[0].Id);
        Assert.NotEqual("SendAsMissing", catalog.Explain("550 5.7.60 zzz", "en-US")[0].Id);
        Assert.Equal(ErrorCatalog.Default.Date, catalog.Date);
    }

    [Theory]
    [InlineData("", "JSON")]
    [InlineData("null", "empty")]
    [InlineData("""{ "date": "2026-11-22", "rulez": [] }""", "rulez")]
    [InlineData("""{ "rules": [] }""", "date")]
    [InlineData("""{ "date": "2026-11-22", "texts": { "xx-XX": {} } }""", "xx-XX")]
    public void A_file_with_a_fault_is_refused_with_the_fault_named(string json, string named) =>
        AssertRefused(json, named);

    [Theory]
    [InlineData(""" "id": "OurGateway", "when": [], "source": "2026-11" """, "no condition")]
    [InlineData(""" "id": "OurGateway", "when": [ { "code": ["550"] } ], "source": "2026-11" """, "no cause")]
    [InlineData(""" "id": "SendAsMissing", "when": [ {} ], "source": "2026-11" """, "neither a code nor a text")]
    [InlineData(""" "id": "SendAsMissing", "when": [ { "code": ["5x0"] } ], "source": "2026-11" """, "5x0")]
    [InlineData(""" "id": "SendAsMissing", "when": [ { "enhanced": ["5.7"] } ], "source": "2026-11" """, "'5.7'")]
    [InlineData(""" "id": "SendAsMissing", "when": [ { "enhanced": ["5.7.9-1"] } ], "source": "2026-11" """, "5.7.9-1")]
    [InlineData(""" "id": "SendAsMissing", "when": [ { "text": ["a|"] } ], "source": "2026-11" """, "'a|'")]
    [InlineData(
        """ "id": "SendAsMissing", "when": [ { "code": ["550"] } ], "methods": ["Pigeon"], "source": "2026-11" """,
        "method")]
    [InlineData(""" "id": "SendAsMissing", "when": [ { "code": ["550"] } ], "source": "yesterday" """, "month")]
    [InlineData(""" "id": "a b", "when": [ { "code": ["550"] } ], "source": "2026-11" """, "PascalCase")]
    public void A_rule_with_a_fault_is_refused_with_the_fault_named(string rule, string named) =>
        AssertRefused($$"""{ "date": "2026-11-22", "rules": [ { {{rule}} } ] }""", named);

    private static void AssertRefused(string json, string named)
    {
        var failure = Assert.Throws<ErrorCatalogException>(() => With(json));
        Assert.Contains(named, failure.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("ErrorCatalogInvalid", failure.ErrorId);
    }

    private static ErrorCatalog With(string json) => ErrorCatalog.Default.With(Encoding.UTF8.GetBytes(json));
}
