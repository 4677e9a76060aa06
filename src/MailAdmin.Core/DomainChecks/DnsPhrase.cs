using MailAdmin.Dns;

namespace MailAdmin.DomainChecks;

/// <summary>Words for a look-up without a definite answer.</summary>
internal static class DnsPhrase
{
    public static Phrase Of(DnsResponse response)
    {
        var question = new DnsQuestion(response.Name, response.Type).ToString();
        return response.Outcome switch
        {
            DnsOutcome.ServFail => new Phrase("DnsServFail", question),
            DnsOutcome.Refused => new Phrase("DnsRefused", question),
            DnsOutcome.Timeout => new Phrase("DnsTimeout", question),
            DnsOutcome.Unreachable => new Phrase("DnsUnreachable", question),
            DnsOutcome.Malformed => new Phrase("DnsMalformed", question),
            DnsOutcome.AliasLoop => new Phrase("DnsAliasLoop", question),
            _ => new Phrase("DnsOtherError", question, response.ResponseCode ?? -1),
        };
    }
}
