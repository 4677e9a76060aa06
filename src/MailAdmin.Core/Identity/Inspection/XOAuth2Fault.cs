namespace MailAdmin.Identity.Inspection;

/// <summary>
/// What can be wrong with an argument of XOAUTH2: a name in the catalogue and High Volume Email's code.
/// </summary>
internal readonly record struct XOAuth2Fault(string Id, string Reply)
{
    public static XOAuth2Fault NotBase64 => new("Xoauth2NotBase64", "501 5.5.121");

    public static XOAuth2Fault Layout => new("Xoauth2Layout", "501 5.5.122");

    public static XOAuth2Fault UserMissing => new("Xoauth2UserMissing", "501 5.5.123");

    public static XOAuth2Fault UserInvalid => new("Xoauth2UserInvalid", "501 5.5.124");

    public static XOAuth2Fault BearerMissing => new("Xoauth2BearerMissing", "501 5.5.125");

    public static XOAuth2Fault TokenMissing => new("Xoauth2TokenMissing", "501 5.5.126");

    public TokenFinding ToFinding(string detail, params string[] arguments) =>
        new(Id, FindingSeverity.Error, new TokenDetail(detail, arguments)) { HveReplies = [Reply] };
}
