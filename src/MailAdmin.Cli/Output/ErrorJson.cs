namespace MailAdmin.Cli.Output;

/// <summary>A failure as an object.</summary>
/// <param name="Id">The stable name.</param>
/// <param name="Kind">The sort, as in <see cref="MailErrorKind"/>.</param>
/// <param name="Message">What happened.</param>
/// <param name="RecommendedAction">What to do; null when nothing can be advised.</param>
/// <param name="IsTransient">True when the same attempt may succeed later.</param>
internal sealed record ErrorJson(string Id, string Kind, string Message, string? RecommendedAction, bool IsTransient)
{
    public static ErrorJson Of(Exception failure) => failure is MailException mail
        ? new(mail.ErrorId, mail.Kind.ToString(), mail.Message, mail.RecommendedAction, mail.IsTransient)
        : new(failure.GetType().Name, "Unexpected", failure.Message, null, false);
}
