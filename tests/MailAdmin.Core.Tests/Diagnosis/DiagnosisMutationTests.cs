using System.Text;
using MailAdmin.Diagnosis;

namespace MailAdmin.Tests.Diagnosis;

public sealed class DiagnosisMutationTests
{
    private const int Texts = 80_000;
    private const int Reports = 20_000;

    [Fact]
    public void Eighty_thousand_damaged_texts_are_explained_or_not_but_never_fail()
    {
        var originals = FixtureCase.All.Select(f => f.Text)
            .Concat(Directory.GetFiles(Path.Combine(FixtureCase.Folder, "logs")).SelectMany(File.ReadAllLines))
            .Append(File.ReadAllText(Path.Combine(FixtureCase.Folder, "reports", "exchange-words.txt")))
            .ToList();
        var explained = 0;
        foreach (var text in Mutations.OfText(originals, Texts, seed: 3463))
        {
            explained += Check(ErrorCatalog.Default.Explain(text, "ja-JP"));
        }

        Assert.InRange(explained, Texts / 2, Texts * 3);
    }

    [Fact]
    public void Twenty_thousand_damaged_reports_are_explained_or_not_but_never_fail()
    {
        var originals =
            Directory.GetFiles(Path.Combine(FixtureCase.Folder, "reports"), "*.eml").Select(File.ReadAllBytes).ToList();
        var explained = 0;
        foreach (var report in Mutations.Of(originals, Reports, seed: 3464))
        {
            explained += Check(ErrorCatalog.Default.ExplainReport(report, "en-US"));
        }

        Assert.InRange(explained, Reports / 2, Reports * 4);
    }

    private static int Check(IReadOnlyList<SmtpDiagnosis> found)
    {
        foreach (var diagnosis in found)
        {
            Assert.NotEmpty(diagnosis.Cause);
            Assert.NotEmpty(diagnosis.Remedies);
            Assert.InRange(diagnosis.Text.Length, 0, 2000);
            Assert.DoesNotContain(diagnosis.Text, char.IsControl);
            Assert.True(
                diagnosis.AdminCommand?.AsSpan().IndexOfAny('`', '\r', '\0') is null or < 0, diagnosis.AdminCommand);
        }

        return found.Count;
    }
}
