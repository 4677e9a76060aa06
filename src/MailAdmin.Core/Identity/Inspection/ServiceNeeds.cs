namespace MailAdmin.Identity.Inspection;

/// <summary>What a service wants to see in a token of Microsoft Entra ID.</summary>
/// <param name="Audiences">Any of these.</param>
/// <param name="Scopes">Any of these, when a user signed in.</param>
/// <param name="Roles">Any of these, when an app did.</param>
/// <param name="MinimumLifetime">How long it must still be good.</param>
internal sealed record ServiceNeeds(
    IReadOnlyList<string> Audiences,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string> Roles,
    TimeSpan MinimumLifetime)
{
    /// <summary>High Volume Email refuses what ends within this; others take a token until its end.</summary>
    public static readonly TimeSpan HveLifetime = TimeSpan.FromMinutes(10);

    private const string ExchangeId = "00000002-0000-0ff1-ce00-000000000000";
    private const string GraphId = "00000003-0000-0000-c000-000000000000";

    public static ServiceNeeds Of(TokenService service, CloudEnvironment cloud)
    {
        var hosts = CloudEndpoints.Of(cloud);
        var exchange = Names(hosts.Exchange, ExchangeId);
        if (cloud == CloudEnvironment.Public)
        {
            exchange.AddRange(["https://outlook.office.com", "https://ps.outlook.com"]);
        }

        return service switch
        {
            TokenService.Pop => new(
                exchange, ["POP.AccessAsUser.All"], ["POP.AccessAsApp"], TimeSpan.Zero),
            TokenService.Graph => new(
                Names(hosts.Graph, GraphId), ["Mail.Send", "Mail.Send.Shared"], ["Mail.Send"], TimeSpan.Zero),

            // Microsoft's page on High Volume Email has apps take Mail.Send of Exchange Online.
            TokenService.Hve => new(
                exchange, ["SMTP.Send"], ["SMTP.SendAsApp", "Mail.Send"], HveLifetime),
            _ => new(exchange, ["SMTP.Send"], ["SMTP.SendAsApp"], TimeSpan.Zero),
        };
    }

    private static List<string> Names(Uri host, string id) => [host.GetLeftPart(UriPartial.Authority), id];
}
