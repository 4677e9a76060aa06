using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// The methods of sending, their hosts, features and limits, as of a date. Providers change these: a user's own file
/// goes before the one that is built in, method by method.
/// </summary>
public sealed record SendMethodCatalog
{
    /// <summary>The environment variable that names the user's own file.</summary>
    public const string FileVariable = "MAILADMIN_SEND_METHODS";

    private const string Part = "MailAdmin.Transports.Methods";

    /// <summary>What comes with the product, in English.</summary>
    public static SendMethodCatalog BuiltIn { get; } = In(MethodPhrases.English);

    /// <summary>The day on which it was last compared with what the providers say.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The methods.</summary>
    public IReadOnlyList<SendMethodFacts> Methods { get; init; } = [];

    /// <summary>Servers that devices are found set up with although they should not be.</summary>
    public IReadOnlyList<KnownHost> KnownHosts { get; init; } = [];

    /// <summary>The providers whose limits hold without anybody setting them.</summary>
    public IReadOnlyList<string> LimitsFillInFor { get; init; } = [];

    /// <summary>Limits of a whole tenant.</summary>
    public IReadOnlyList<TenantLimit> TenantLimits { get; init; } = [];

    /// <summary>Limits beside those of the methods, to choose by their names.</summary>
    public IReadOnlyList<LimitPreset> LimitPresets { get; init; } = [];

    /// <summary>The language that advice is put into.</summary>
    [JsonIgnore]
    internal PhraseBook Words { get; private init; } = MethodPhrases.English;

    /// <summary>What is known of a method.</summary>
    public SendMethodFacts this[SendMethodId id] => Methods.First(method => method.Id == id);

    /// <summary>The built-in catalogue, with the user's own file before it if there is one.</summary>
    /// <param name="path">The file, in whatever language; null or empty for none.</param>
    /// <param name="culture">
    /// The language of the built-in texts, such as <c>ja-JP</c>; English where there are none in it.
    /// </param>
    /// <exception cref="SendMethodCatalogException">The file cannot be used.</exception>
    public static SendMethodCatalog Load(string? path, string culture = "en-US")
    {
        var words = MethodPhrases.For(culture);
        var builtIn = words == MethodPhrases.English ? BuiltIn : In(words);
        if (string.IsNullOrEmpty(path))
        {
            return builtIn;
        }

        try
        {
            using var file = File.OpenRead(path);
            return builtIn.With(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw SendMethodCatalogException.Unreadable(path, e);
        }
        catch (JsonException e)
        {
            throw SendMethodCatalogException.Malformed(path, e);
        }
    }

    /// <summary>This catalogue with the methods and hosts of a file in the place of its own of the same name.</summary>
    /// <param name="json">
    /// A file in the form of the built-in one; methods that it leaves out stay as they are. Texts about a method or a
    /// host may stand in it as well; in the place of those that it leaves out are the built-in ones.
    /// </param>
    /// <exception cref="JsonException">It is not in that form, or there is no text at all where one is due.</exception>
    public SendMethodCatalog With(Stream json)
    {
        var own = EmbeddedJson.Read<SendMethodCatalog>(json);
        return this with
        {
            AsOf = own.AsOf > AsOf ? own.AsOf : AsOf,
            Methods =
            [
                .. own.Methods.Select(Complete),
                .. Methods.Where(method => own.Methods.All(o => o.Id != method.Id)),
            ],
            KnownHosts = [.. own.KnownHosts.Select(Complete), .. KnownHosts],
            LimitsFillInFor = own.LimitsFillInFor.Count > 0 ? own.LimitsFillInFor : LimitsFillInFor,
            TenantLimits = [.. own.TenantLimits, .. TenantLimits],
            LimitPresets = [.. own.LimitPresets, .. LimitPresets],
        };
    }

    private SendMethodFacts Complete(SendMethodFacts own) =>
        Methods.FirstOrDefault(method => method.Id == own.Id) is { } known ? own.WithTextsOf(known) : own;

    private KnownHost Complete(KnownHost own) => own.Note is not null ? own : own with
    {
        Note = KnownHosts.FirstOrDefault(known => known.IsSameAs(own))?.Note
            ?? throw new JsonException($"The known host '{own.Host ?? own.Suffix}' lacks its 'note'."),
    };

    /// <summary>The built-in facts with the texts of one language.</summary>
    private static SendMethodCatalog In(PhraseBook words)
    {
        var facts = EmbeddedJson.Read<JsonObject>($"{Part}.methods.json");
        var texts = EmbeddedJson.Read<JsonObject>($"{Part}.text.{words.Culture}.json");
        foreach (var method in facts["methods"]!.AsArray().Select(method => method!.AsObject()))
        {
            foreach (var (name, text) in texts["methods"]![method["id"]!.GetValue<string>()]!.AsObject())
            {
                method[name] = text!.DeepClone();
            }
        }

        foreach (var host in facts["knownHosts"]!.AsArray().Select(host => host!.AsObject()))
        {
            var name = (host["host"] ?? host["suffix"])!.GetValue<string>();
            host["note"] = texts["knownHosts"]![name]!.DeepClone();
        }

        return EmbeddedJson.Read<SendMethodCatalog>(facts) with { Words = words };
    }
}
