using Microsoft.AspNetCore.Routing;

namespace MailAdmin.TestServices;

/// <summary>One of the services that the test server plays: it says which paths it answers.</summary>
internal interface ITestService
{
    void Map(IEndpointRouteBuilder routes);
}
