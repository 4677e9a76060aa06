using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>Takes a number as seconds; PowerShell by itself would take it as ticks.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        var time = value is TimeSpan span ? span
            : LanguagePrimitives.TryConvertTo<double>(value, out var seconds) && Math.Abs(seconds) < int.MaxValue ? TimeSpan.FromSeconds(seconds)
            : LanguagePrimitives.TryConvertTo<TimeSpan>(value, out var parsed) ? parsed
            : throw Refusal.Of($"'{value}' is no time: give seconds, or a TimeSpan.");
        return time > TimeSpan.Zero ? time : throw Refusal.Of("The time must be longer than zero.");
    }
}
