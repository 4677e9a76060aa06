namespace MailAdmin.Identity;

/// <summary>The hosts of a cloud that tokens are about.</summary>
/// <param name="SignIn">The sign-in service.</param>
/// <param name="Exchange">Exchange Online as a resource: the audience of its tokens.</param>
/// <param name="Graph">Microsoft Graph, as a resource and as the address to ask.</param>
public sealed record CloudEndpoints(Uri SignIn, Uri Exchange, Uri Graph)
{
    /// <summary>The hosts of one cloud, as Microsoft names them in November 2026.</summary>
    public static CloudEndpoints Of(CloudEnvironment cloud) => cloud switch
    {
        CloudEnvironment.UsGov => Make("login.microsoftonline.us", "outlook.office365.us", "graph.microsoft.us"),
        CloudEnvironment.UsGovDod => Make("login.microsoftonline.us", "webmail.apps.mil", "dod-graph.microsoft.us"),
        CloudEnvironment.China => Make(
            "login.partner.microsoftonline.cn", "partner.outlook.cn", "microsoftgraph.chinacloudapi.cn"),
        _ => Make("login.microsoftonline.com", "outlook.office365.com", "graph.microsoft.com"),
    };

    private static CloudEndpoints Make(string signIn, string exchange, string graph) =>
        new(new($"https://{signIn}"), new($"https://{exchange}"), new($"https://{graph}"));
}
