using MailAdmin.HelpBuilder;
using MailAdmin.PowerShell.Hosting;

// Usage: MailAdmin.HelpBuilder <file to write>
// Reads the cmdlets and the XML documentation that was compiled with them.
if (args is not [var target])
{
    Console.Error.WriteLine("Name the help file to write.");
    return 64;
}

var assembly = typeof(AsyncPSCmdlet).Assembly;
var documentation = XmlDocumentation.Load(Path.ChangeExtension(assembly.Location, ".xml"));
var cmdlets = CmdletDescription.FindAll(assembly, documentation);
var gaps = cmdlets.SelectMany(cmdlet => cmdlet.Gaps()).ToList();
foreach (var gap in gaps)
{
    Console.Error.WriteLine(gap);
}

if (gaps.Count != 0)
{
    return 65;
}

Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(target))!);
MamlWriter.Write(cmdlets).Save(target);
return 0;
