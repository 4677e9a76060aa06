using MailAdmin.Dns;
using MailAdmin.DomainChecks;
using MailAdmin.DomainChecks.Dkim;
using MailAdmin.DomainChecks.Dmarc;
using MailAdmin.DomainChecks.MtaSts;
using MailAdmin.DomainChecks.TlsRpt;
using MailAdmin.Tests.DomainChecks.Dkim;

namespace MailAdmin.Tests.DomainChecks;

/// <summary>Damaged records of every kind: each is read or refused in words, none is too much.</summary>
public sealed class RecordMutationTests
{
    private const int Count = 100_000;
    private const int Seed = 9989;

    [Fact]
    public void Reads_any_DKIM_key() => Survives(
        text =>
        {
            var key = DkimKeyRecord.Read(text);
            Assert.True(key.Fault is not null || key.IsRevoked || key.Bits > 0);
            return key.Fault;
        },
        "v=DKIM1; k=rsa; h=sha256; s=email; t=s:y; p=" + DkimKeyRecordTests.Rsa1024,
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=");

    [Fact]
    public void Reads_any_DMARC_record() => Survives(
        text =>
        {
            var record = DmarcRecord.Read(text);
            _ = record.Applied(isOwn: false, exists: false);
            _ = record.Modern;
            return record.Faults.Count > 0 ? record.Faults[0] : null;
        },
        "v=DMARC1; p=reject; sp=quarantine; np=none; psd=n; t=y; adkim=s; aspf=r; fo=1:d; pct=20; " +
            "rua=mailto:a@example.com",
        "v=DMARC1; p=none; rua=mailto:a%2Bb@example.com,mailto:b@example.org; ruf=mailto:c@example.com");

    [Fact]
    public void Reads_any_MTA_STS_policy() => Survives(
        text =>
        {
            if (MtaStsPolicy.TryParse(text, out var policy, out var fault))
            {
                _ = policy.Covers(DnsName.Parse("mx.example.com"));
            }

            return fault;
        },
        "version: STSv1\nmode: enforce\nmx: mail.example.com\nmx: *.example.net\nmax_age: 604800\n",
        "version: STSv1\r\nmode: testing\r\nmx: *.bücher.example\r\nmax_age: 86400\r\n");

    [Fact]
    public void Reads_any_TLS_RPT_record() => Survives(
        text => TlsRptRecord.Read(text).Faults.FirstOrDefault(),
        "v=TLSRPTv1; rua=mailto:reports@example.com,https://reporting.example.com/v1/tlsrpt",
        "v=TLSRPTv1;rua=mailto:a%40b@example.com");

    private static void Survives(Func<string, Phrase?> read, params string[] originals)
    {
        var taken = 0;
        foreach (var text in Mutations.OfText(originals, Count, Seed))
        {
            var fault = read(text);
            taken += fault is null ? 1 : 0;
            Assert.True(fault is null || fault.ToString().All(c => c == '\n' || !char.IsControl(c)));
        }

        Assert.InRange(taken, Count / 50, Count - (Count / 50));
    }
}
