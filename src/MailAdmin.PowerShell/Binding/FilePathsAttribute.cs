using System.Collections;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Takes texts and files as paths, and nothing else: without it, any object from the pipeline would become a path by
/// way of its text form.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FilePathsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var paths = new List<string>();
        Add(inputData, paths);
        return paths.ToArray();
    }

    private static void Add(object? value, List<string> paths)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                break;
            case string path:
                paths.Add(path);
                break;
            case FileInfo file:
                paths.Add(file.FullName);
                break;
            case IDictionary:
                throw Refusal.Of("A table is no path.");
            case IEnumerable many:
                foreach (var item in many)
                {
                    Add(item, paths);
                }

                break;
            default:
                throw Refusal.Of("Only texts and files can be taken as paths.");
        }
    }
}
