using System.Text.Json;
using MailAdmin.TestServices;
using MailAdmin.TestServices.SignIn;

// In the place of the browser: "browse ADDRESS".
if (args is ["browse", var address])
{
    using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
    await new TestBrowser(client).VisitAsync(new Uri(address));
    return;
}

// For tests of the built module: one line of JSON says where everything is; the end of standard input ends it. The
// argument names a file with its options as JSON.
var options = args is [var file] ? JsonSerializer.Deserialize<TestIdentityOptions>(File.ReadAllText(file)) : null;
await using var provider = await TestIdentityProvider.StartAsync(options);
var folder = Directory.CreateTempSubdirectory("mailadmin-test-");
try
{
    var certificate = Path.Combine(folder.FullName, "authority.pem");
    var key = Path.Combine(folder.FullName, "service-account.json");
    await File.WriteAllTextAsync(certificate, provider.Certificate.ExportCertificatePem());
    await File.WriteAllTextAsync(key, provider.Google.KeyFile);
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        provider.Address,
        provider.PlainAddress,
        provider.Authority,
        provider.GoogleAddress,
        Certificate = certificate,
        ServiceAccountKey = key,
        provider.AppServiceVariables,
        provider.Options.Tenant,
        provider.Options.Apps,
        provider.Options.Users,
    }));
    await Console.In.ReadToEndAsync();
}
finally
{
    folder.Delete(recursive: true);
}
