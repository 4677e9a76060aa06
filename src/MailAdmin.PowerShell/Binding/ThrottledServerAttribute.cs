using System.Management.Automation;
using MailAdmin.Throttling;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Takes limits from the pipeline for what they are of, as their text would be taken for the name of a server.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ThrottledServerAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override bool TransformNullOptionalParameters => false;

    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is EmailThrottle throttle
            ? throttle.Server
            : inputData;
}
