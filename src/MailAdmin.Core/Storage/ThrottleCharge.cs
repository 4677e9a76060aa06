using MailAdmin.Transports.Methods;

namespace MailAdmin.Storage;

/// <summary>What an attempt uses up under a key.</summary>
/// <param name="Key">Whose use it is.</param>
/// <param name="Messages">How many messages the server will count: one for each transaction.</param>
/// <param name="Recipients">How many recipients they have together.</param>
public sealed record ThrottleCharge(string Key, int Messages, int Recipients)
{
    /// <summary>The part that a limit counts.</summary>
    public int Of(LimitUnit unit) => unit == LimitUnit.Messages ? Messages : Recipients;
}
