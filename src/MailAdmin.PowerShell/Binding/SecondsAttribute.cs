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
        var time = value is TimeSpan span ? span : FromNumber(value) ?? FromText(value);
        return time > TimeSpan.Zero ? time : throw Refusal.Of("The time must be longer than zero.");
    }

    private static TimeSpan? FromNumber(object value) =>
        LanguagePrimitives.TryConvertTo<double>(value, out var seconds) && Math.Abs(seconds) < int.MaxValue
            ? TimeSpan.FromSeconds(seconds)
            : null;

    private static TimeSpan FromText(object value) =>
        LanguagePrimitives.TryConvertTo<TimeSpan>(value, out var time)
            ? time
            : throw Refusal.Of($"'{value}' is no time: give seconds, or a TimeSpan.");
}
