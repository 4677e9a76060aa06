using System.Collections;
using System.Management.Automation;
using MailAdmin.Mime;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes header fields as a table of names and values, or as texts of the form <c>Name: value</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HeadersAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var headers = new List<MessageHeader>();
        Add(inputData, headers);
        return headers.ToArray();
    }

    private static void Add(object? value, List<MessageHeader> headers)
    {
        switch (value is PSObject wrapped ? wrapped.BaseObject : value)
        {
            case null:
                break;
            case MessageHeader header:
                headers.Add(header);
                break;
            case IDictionary table:
                foreach (DictionaryEntry entry in table)
                {
                    headers.AddRange(Values(entry.Value).Select(v => new MessageHeader(Text(entry.Key), Text(v))));
                }

                break;
            case string line when line.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon:
                headers.Add(new MessageHeader(line[..colon].Trim(), line[(colon + 1)..].Trim()));
                break;
            case IEnumerable lines and not string:
                foreach (var line in lines)
                {
                    Add(line, headers);
                }

                break;
            default:
                throw Refusal.Of("Give header fields as @{ 'X-Name' = 'value' } or as 'X-Name: value'.");
        }
    }

    private static IEnumerable<object?> Values(object? value) =>
        value is IEnumerable many and not string ? many.Cast<object?>() : [value];

    private static string Text(object? value) => LanguagePrimitives.ConvertTo<string>(value);
}
