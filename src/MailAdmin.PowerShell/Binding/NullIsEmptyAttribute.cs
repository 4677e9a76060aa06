using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes null for a list as an empty one: what a variable or a column without a value gives.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NullIsEmptyAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object? inputData) =>
        inputData ?? Array.Empty<string>();
}
