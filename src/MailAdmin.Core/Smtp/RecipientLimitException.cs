using System.Globalization;

namespace MailAdmin.Smtp;

/// <summary>
/// All recipients are required, but they do not fit into one transaction, so that this cannot be promised.
/// </summary>
/// <param name="recipients">How many there are.</param>
/// <param name="limit">How many one transaction takes, by the batch size or by the server's limits.</param>
public sealed class RecipientLimitException(int recipients, int limit) : SmtpException(
    "SmtpRecipientLimit",
    MailErrorKind.Limit,
    SmtpStage.RcptTo,
    string.Create(
        CultureInfo.InvariantCulture,
        $"All {recipients} recipients are required, but one transaction takes {limit}; nothing was sent."),
    "Use fewer recipients or a larger batch size, or do not require all of them.");
