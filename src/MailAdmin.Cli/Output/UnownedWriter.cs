using System.Text;

namespace MailAdmin.Cli.Output;

/// <summary>A writer that is lent: whoever disposes it flushes it only.</summary>
internal sealed class UnownedWriter(TextWriter inner) : TextWriter
{
    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => inner.Write(value);

    public override void Write(string? value) => inner.Write(value);

    public override void WriteLine(string? value) => inner.WriteLine(value);

    public override void Flush() => inner.Flush();

    protected override void Dispose(bool disposing) => Flush();
}
