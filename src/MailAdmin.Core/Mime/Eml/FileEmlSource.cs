using MailAdmin.Mime.Attachments;

namespace MailAdmin.Mime.Eml;

/// <summary>A file of the user.</summary>
internal sealed class FileEmlSource(string path) : EmlSource
{
    public override string Name => path;

    public override ContentReader Open() => FileContentReader.Open(path, "MessageFile");
}
