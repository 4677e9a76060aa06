using System.Collections;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes a table of content ids and paths, or paths alone: the file's name is the content id then.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InlineFilesAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var files = new List<InlineFile>();
        Add(inputData, files);
        return files.ToArray();
    }

    private static void Add(object? value, List<InlineFile> files)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                break;
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    files.Add(new InlineFile(LanguagePrimitives.ConvertTo<string>(entry.Key), PathOf(entry.Value)));
                }

                break;
            case IEnumerable many and not string:
                foreach (var item in many)
                {
                    Add(item, files);
                }

                break;
            case var file:
                var path = PathOf(file);
                files.Add(new InlineFile(Path.GetFileName(path), path));
                break;
        }
    }

    private static string PathOf(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        string path => path,
        FileInfo file => file.FullName,
        _ => throw Refusal.Of("Give pictures as @{ 'content-id' = 'path' } or as paths."),
    };
}
