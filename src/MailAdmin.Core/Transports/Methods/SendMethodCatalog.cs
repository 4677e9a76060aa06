using System.Text.Json;

namespace MailAdmin.Transports.Methods;

/// <summary>
/// The methods of sending, their hosts, features and limits, as of a date. Providers change these: a user's own file
/// goes before the one that is built in, method by method.
/// </summary>
public sealed record SendMethodCatalog
{
    /// <summary>The environment variable that names the user's own file.</summary>
    public const string FileVariable = "MAILADMIN_SEND_METHODS";

    /// <summary>What comes with the product.</summary>
    public static SendMethodCatalog BuiltIn { get; } =
        EmbeddedJson.Read<SendMethodCatalog>("MailAdmin.Transports.Methods.methods.json");

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

    /// <summary>What is known of a method.</summary>
    public SendMethodFacts this[SendMethodId id] => Methods.First(method => method.Id == id);

    /// <summary>The built-in catalogue, with the user's own file before it if there is one.</summary>
    /// <param name="path">The file; null or empty for none.</param>
    /// <exception cref="SendMethodCatalogException">The file cannot be used.</exception>
    public static SendMethodCatalog Load(string? path)
    {
        if (string.IsNullOrEmpty(path))
        {
            return BuiltIn;
        }

        try
        {
            using var file = File.OpenRead(path);
            return BuiltIn.With(file);
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
    /// <param name="json">A file in the form of the built-in one; methods that it leaves out stay as they are.</param>
    /// <exception cref="JsonException">It is not in that form.</exception>
    public SendMethodCatalog With(Stream json)
    {
        var own = EmbeddedJson.Read<SendMethodCatalog>(json);
        return new SendMethodCatalog
        {
            AsOf = own.AsOf > AsOf ? own.AsOf : AsOf,
            Methods = [.. own.Methods, .. Methods.Where(method => own.Methods.All(o => o.Id != method.Id))],
            KnownHosts = [.. own.KnownHosts, .. KnownHosts],
            LimitsFillInFor = own.LimitsFillInFor.Count > 0 ? own.LimitsFillInFor : LimitsFillInFor,
            TenantLimits = [.. own.TenantLimits, .. TenantLimits],
            LimitPresets = [.. own.LimitPresets, .. LimitPresets],
        };
    }
}
