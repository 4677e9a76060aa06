namespace MailAdmin.Transports.Methods;

/// <summary>Why a method fits or does not.</summary>
/// <param name="Verdict">What it comes to for this reason alone.</param>
/// <param name="Text">The reason as a sentence.</param>
public sealed record MethodReason(SendMethodVerdict Verdict, string Text)
{
    private char Sign => Verdict switch
    {
        SendMethodVerdict.Fits => '+',
        SendMethodVerdict.FitsWithConditions => '?',
        _ => '-',
    };

    /// <summary>The sentence behind a sign: <c>+</c>, <c>?</c> or <c>-</c>.</summary>
    public override string ToString() => $"{Sign} {Text}";
}
