using System.Globalization;
using System.Management.Automation;
using System.Text;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes the names that PowerShell has for encodings, names of code pages and their numbers.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class EncodingNameAttribute : ArgumentTransformationAttribute
{
    /// <summary>PowerShell's own names, for completion.</summary>
    internal static readonly string[] Names =
    [
        "utf8", "utf8BOM", "utf8NoBOM", "ascii", "ansi", "oem",
        "unicode", "bigendianunicode", "utf32", "bigendianutf32", "utf7",
    ];

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return value switch
            {
                Encoding encoding => encoding,
                int codePage => Encoding.GetEncoding(codePage),
                string name => Find(name),
                _ => throw Refusal.Of("Give an encoding's name, such as utf8."),
            };
        }
        catch (Exception unknown) when (unknown is ArgumentException or NotSupportedException)
        {
            throw Refusal.Of($"'{value}' is no encoding that is known here.");
        }
    }

    private static Encoding Find(string name) => name.ToLowerInvariant() switch
    {
        "default" or "utf8" or "utf8nobom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        "utf8bom" => Encoding.UTF8,
        "ascii" => Encoding.ASCII,
        "ansi" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.ANSICodePage),
        "oem" => Encoding.GetEncoding(CultureInfo.CurrentCulture.TextInfo.OEMCodePage),
        "unicode" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "bigendianutf32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        "utf7" => Encoding.GetEncoding("utf-7"),
        _ => Encoding.GetEncoding(name),
    };
}
