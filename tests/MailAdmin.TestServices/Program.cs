using System.Text.Json;
using MailAdmin.TestServices;

// For tests of the built module: one line of JSON says where everything is; the end of standard input ends it.
var options = args is [var file] ? JsonSerializer.Deserialize<TestIdentityOptions>(File.ReadAllText(file)) : null;
await using var provider = await TestIdentityProvider.StartAsync(options);
var certificate = Path.Combine(Path.GetTempPath(), $"mailadmin-test-{Guid.NewGuid():N}.pem");
await File.WriteAllTextAsync(certificate, provider.Certificate.ExportCertificatePem());
try
{
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        provider.Address,
        provider.PlainAddress,
        provider.Authority,
        Certificate = certificate,
        provider.Options.Tenant,
        provider.Options.Apps,
        provider.Options.Users,
    }));
    await Console.In.ReadToEndAsync();
}
finally
{
    File.Delete(certificate);
}
