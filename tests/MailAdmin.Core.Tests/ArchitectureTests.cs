using System.Text.RegularExpressions;

namespace MailAdmin.Tests;

public sealed partial class ArchitectureTests
{
    private const int LongestFile = 400;

    // As .editorconfig has it.
    private const int LongestLine = 120;

    /// <summary>Each part of Core with the parts that it may use. What is not named here is not allowed.</summary>
    private static readonly Dictionary<string, string[]> Arrows = new()
    {
        [""] = [],
        ["Addressing"] = [],
        ["Net"] = [],
        ["Mime"] = ["Addressing"],
        ["Dns"] = ["Addressing"],
        ["DomainChecks"] = ["Addressing", "Net", "Dns"],
        ["Sasl"] = ["Net"],
        ["Identity"] = ["Addressing", "Net", "Sasl"],
        ["Smtp"] = ["Addressing", "Net", "Mime", "Sasl"],
        ["Diagnosis"] = ["Addressing", "Net", "Mime", "Sasl", "Identity", "Smtp"],
        ["Transports"] = ["Addressing", "Net", "Mime", "Dns", "Sasl", "Smtp", "Identity", "DomainChecks", "Diagnosis"],
        ["History"] = ["Addressing", "Diagnosis", "Transports", "Storage"],
        ["Storage"] = ["Addressing", "Smtp", "Transports"],
        ["Throttling"] = ["Addressing", "Dns", "Sasl", "Smtp", "Transports", "Storage"],
        ["Queueing"] =
        [
            "Addressing", "Net", "Mime", "Dns", "Sasl", "Smtp", "Identity", "Diagnosis", "Transports", "Throttling",
            "Storage",
            "History",
        ],
        ["Probes"] = ["Addressing", "Net", "Mime", "Dns", "Sasl", "Smtp", "DomainChecks", "Diagnosis", "Transports"],
        ["Server"] = ["Addressing", "Net", "Mime", "Smtp"],
    };

    [Fact]
    public void Every_using_line_follows_the_arrows()
    {
        var faults =
            from file in SourceTree.CSharpFiles("src/MailAdmin.Core")
            let text = File.ReadAllText(file.FullName)
            let part = Part(Namespace().Match(text).Groups[1].Value)
            from used in Using().Matches(text).Select(m => Part(m.Groups[1].Value)).Distinct()
            where used != part && used.Length > 0 && !(
                Arrows.TryGetValue(part, out var allowed) && allowed.Contains(used))
            select $"{file.Name}: {part} uses {used}";

        Assert.Empty(faults);
    }

    [Fact]
    public void Every_part_of_Core_has_its_place_in_the_arrows() =>
        Assert.Empty(SourceTree.CSharpFiles("src/MailAdmin.Core")
            .Select(file => Part(Namespace().Match(File.ReadAllText(file.FullName)).Groups[1].Value))
            .Distinct()
            .Except(Arrows.Keys));

    [Fact]
    public void Core_knows_nothing_of_PowerShell() =>
        Assert.DoesNotContain(
            SourceTree.CSharpFiles("src/MailAdmin.Core"),
            file => File.ReadAllText(file.FullName).Contains("System.Management.Automation", StringComparison.Ordinal));

    [Fact]
    public void No_source_file_is_longer_than_a_reader_bears() =>
        Assert.Empty(SourceTree.CSharpFiles("src")
            .Where(file => File.ReadLines(file.FullName).Count() > LongestFile)
            .Select(file => file.Name));

    [Fact]
    public void No_source_line_runs_out_of_the_window() =>
        Assert.Empty(
            from file in SourceTree.CSharpFiles("src")
            from line in File.ReadLines(file.FullName).Index()
            where line.Item.Length > LongestLine
            select $"{file.Name}:{line.Index + 1}");

    private static string Part(string name)
    {
        var parts = name.Split('.');
        return parts.Length > 1 ? parts[1] : "";
    }

    [GeneratedRegex(@"^namespace\s+(MailAdmin[\w.]*)", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(
        @"^\s*(?:global\s+)?using\s+(?:static\s+)?(?:\w+\s*=\s*)?(MailAdmin\.[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Using();
}
