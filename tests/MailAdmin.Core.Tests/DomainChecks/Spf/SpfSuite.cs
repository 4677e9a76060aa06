using System.Globalization;
using System.Net;
using System.Text;
using MailAdmin.Dns;
using MailAdmin.Dns.Records;
using MailAdmin.DomainChecks.Spf;
using YamlDotNet.RepresentationModel;

namespace MailAdmin.Tests.DomainChecks.Spf;

/// <summary>
/// The public test suite for RFC 7208, as its own driver reads it: a record of type SPF stands for a text record as
/// well unless the name has one of its own, or one that says NONE.
/// </summary>
internal static class SpfSuite
{
    private static readonly TimeSpan TimeToLive = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<SpfSuiteCase> Read()
    {
        using var reader = new StreamReader(
            typeof(SpfSuite).Assembly.GetManifestResourceStream("rfc7208-tests.yml")!, Encoding.UTF8);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return [.. yaml.Documents.SelectMany(document => Scenario((YamlMappingNode)document.RootNode))];
    }

    private static IEnumerable<SpfSuiteCase> Scenario(YamlMappingNode scenario)
    {
        var title = Text(scenario, "description")!;
        var zone = Zone((YamlMappingNode)scenario["zonedata"]);
        foreach (var (name, value) in (YamlMappingNode)scenario["tests"])
        {
            var test = (YamlMappingNode)value;
            yield return new SpfSuiteCase(
                $"{title}: {name}",
                zone,
                new SpfQuery
                {
                    Address = IPAddress.Parse(Text(test, "host")!),
                    Helo = Text(test, "helo")!,
                    MailFrom = Text(test, "mailfrom")!,
                },
                [.. Items(test["result"]).Select(verdict => Enum.Parse<SpfVerdict>(Scalar(verdict), ignoreCase: true))],
                Text(test, "explanation"));
        }
    }

    private static MemoryResolver Zone(YamlMappingNode data)
    {
        var zone = new MemoryResolver();
        foreach (var (key, value) in data)
        {
            var entries = (YamlSequenceNode)value;
            var types = entries.OfType<YamlMappingNode>().Select(entry => Scalar(entry.Single().Key)).ToHashSet();
            var name = Name(Scalar(key));
            foreach (var entry in entries)
            {
                if (entry is YamlMappingNode record)
                {
                    Add(zone, name, Scalar(record.Single().Key), record.Single().Value, types.Contains("TXT"));
                }
                else
                {
                    Assert.Equal("TIMEOUT", Scalar(entry));
                    zone.Silence(name);
                }
            }
        }

        return zone;
    }

    private static void Add(MemoryResolver zone, DnsName name, string type, YamlNode value, bool hasText)
    {
        if (type == "SPF" ? hasText : value is YamlScalarNode { Value: "NONE" })
        {
            return;
        }

        if (value is YamlScalarNode { Value: "TIMEOUT" })
        {
            zone.Silence(name, Enum.Parse<DnsRecordType>(type));
            return;
        }

        var items = Items(value).Select(Scalar).ToList();
        zone.Add(type switch
        {
            "SPF" or "TXT" => new TxtRecord(
                name, TimeToLive, [.. items.Select(text => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(text))]),
            "A" or "AAAA" => new AddressRecord(name, TimeToLive, IPAddress.Parse(items[0])),
            "MX" => new MxRecord(name, TimeToLive, int.Parse(items[0], CultureInfo.InvariantCulture), Name(items[1])),
            "PTR" => new PtrRecord(name, TimeToLive, Name(items[0])),
            "CNAME" => new CnameRecord(name, TimeToLive, Name(items[0])),
            _ => throw new NotSupportedException(type),
        });
    }

    // The suite has an empty name for "no host".
    private static DnsName Name(string text) => text.Length == 0 ? DnsName.Root : DnsName.Parse(text);

    private static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? Scalar(value) : null;

    private static IEnumerable<YamlNode> Items(YamlNode node) => node is YamlSequenceNode list ? list : [node];

    private static string Scalar(YamlNode node) => ((YamlScalarNode)node).Value!;
}
