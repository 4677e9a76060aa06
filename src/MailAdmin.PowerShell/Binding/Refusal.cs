using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>How a transformation says that it cannot take a value.</summary>
internal static class Refusal
{
    /// <summary>
    /// The cast as the inner exception makes the binder pass over the parameter when the value comes from the pipeline;
    /// from the command line the message is shown.
    /// </summary>
    public static ArgumentTransformationMetadataException Of(string message) =>
        new(message, new PSInvalidCastException(message));
}
