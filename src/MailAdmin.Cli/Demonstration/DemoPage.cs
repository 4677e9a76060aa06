using MailAdmin.Cli.Output;

namespace MailAdmin.Cli.Demonstration;

/// <summary>What the demonstration looks like: numbered headings, indented lines, colours where they show.</summary>
internal sealed class DemoPage(CliHost host)
{
    private const string Bold = "1";
    private const string Dim = "2";
    private const string Green = "32";
    private const string Blue = "36";

    private readonly object _gate = new();
    private int _step;

    public void Title(string text) => host.Output.WriteLine(Paint(Bold, text));

    public void Step(string text)
    {
        host.Output.WriteLine();
        host.Output.WriteLine(Paint(Bold, $"{++_step}. {text}"));
    }

    public void Line(string text) => Write(text, null);

    public void Blank() => host.Output.WriteLine();

    public void Field(string name, string value) => Write($"{name,-13} {value}", null);

    public void Said(char who, string text) =>
        Write($"{who}: {text}", who switch { 'C' => Blue, 'S' => Green, _ => Dim });

    private void Write(string text, string? colour)
    {
        // The transcript's lines come from the connection's own thread.
        lock (_gate)
        {
            var line = Plain.Line(text);
            host.Output.WriteLine($"   {(colour is null ? line : Paint(colour, line))}");
        }
    }

    private string Paint(string colour, string text) => host.HasColour ? $"\e[{colour}m{text}\e[0m" : text;
}
