using System.Globalization;
using System.Text.Json;
using MailAdmin.TestServices;
using MailAdmin.TestServices.Hosting;
using MailAdmin.TestServices.SignIn;
using MailAdmin.TestServices.Storage;

// In the place of the browser: "browse ADDRESS".
if (args is ["browse", var address])
{
    using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
    await new TestBrowser(client).VisitAsync(new Uri(address));
    return;
}

// "hunt SECRETS FILE…" prints where secrets, a JSON list, are found in files, and how much it looked for and at.
if (args is ["hunt", var secrets, .. var files])
{
    var hunt = new SecretHunt(JsonSerializer.Deserialize<string[]>(File.ReadAllText(secrets))!);
    foreach (var path in files)
    {
        var octets = File.ReadAllBytes(path);
        Console.WriteLine($"{path}: {octets.Length} octets, {hunt.Count} pieces");
        hunt.Find(octets).ToList().ForEach(found => Console.WriteLine($"FOUND in {path}: {found}"));
    }

    return;
}

// A program that adds to a queue: "acknowledge FILE COUNT".
if (args is ["acknowledge", var store, var count])
{
    await AcknowledgingAdder.RunAsync(store, int.Parse(count, CultureInfo.InvariantCulture));
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
        provider.GraphHost,
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
