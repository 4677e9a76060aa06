namespace MailAdmin.Server.Personalities;

/// <summary>What a service makes of an access token.</summary>
internal enum TokenVerdict
{
    Good,
    NotAToken,
    WrongAudience,
    WrongUser,
    NotYetValid,
    Expired,
    ExpiresSoon,
    NoPermission,
}
