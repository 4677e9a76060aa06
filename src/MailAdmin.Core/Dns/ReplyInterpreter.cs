using MailAdmin.Dns.Records;
using MailAdmin.Dns.Wire;

namespace MailAdmin.Dns;

/// <summary>Makes an answer of a reply (RFC 2308 §2, RFC 6604).</summary>
internal static class ReplyInterpreter
{
    /// <summary>Reads what the reply says about the question.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="reply">The reply.</param>
    /// <param name="octets">Its length.</param>
    /// <param name="source">Who sent it, and how.</param>
    public static DnsResponse Interpret(DnsQuestion question, DnsMessage reply, int octets, ReplySource source)
    {
        var response = new DnsResponse
        {
            Name = question.Name,
            Type = question.Type,
            Outcome = OutcomeOf(reply.ResponseCode),
            ResponseCode = reply.ResponseCode,
            Answers = reply.Answers,
            Authority = reply.Authority,
            HasAuthenticatedDataBit = reply.Header.Has(MessageHeader.AuthenticatedData),
            IsAuthoritative = reply.Header.Has(MessageHeader.Authoritative),
            ExtendedErrors = reply.ExtendedErrors,
            IsAuthenticated = source.IsTrusted && reply.Header.Has(MessageHeader.AuthenticatedData),
            Server = source.Server,
            UsedTcp = source.UsedTcp,
            MessageOctets = octets,
        };
        return reply.ResponseCode == ResponseCode.NoError ? Classify(response, reply) : response;
    }

    /// <summary>
    /// The name to ask for next: servers that know only their own zones answer with an alias alone (RFC 1034 §3.6.2).
    /// Null when the answer is complete.
    /// </summary>
    public static DnsName? NextAlias(DnsResponse response) =>
        response is { Outcome: DnsOutcome.NoData, Authority: null, Aliases: [.., var last] } ? last : null;

    /// <summary>Puts the answer for an alias behind the answer that led to it.</summary>
    public static DnsResponse Join(DnsResponse first, DnsResponse next)
    {
        DnsRecord[] answers = [.. first.Answers, .. next.Answers];
        var joined = next with
        {
            Name = first.Name,
            Answers = answers,
            MessageOctets = first.MessageOctets + next.MessageOctets,
            UsedTcp = first.UsedTcp || next.UsedTcp,
            HasAuthenticatedDataBit = first.HasAuthenticatedDataBit && next.HasAuthenticatedDataBit,
            IsAuthenticated = first.IsAuthenticated && next.IsAuthenticated,
            IsAuthoritative = first.IsAuthoritative && next.IsAuthoritative,
        };
        return IsLoop(joined) ? joined with { Outcome = DnsOutcome.AliasLoop } : joined;
    }

    private static DnsOutcome OutcomeOf(int code) => code switch
    {
        ResponseCode.NoError => DnsOutcome.NoData,
        ResponseCode.NoSuchName => DnsOutcome.NxDomain,
        ResponseCode.ServerFailure => DnsOutcome.ServFail,
        ResponseCode.Refused => DnsOutcome.Refused,
        _ => DnsOutcome.OtherError,
    };

    private static DnsResponse Classify(DnsResponse response, DnsMessage reply)
    {
        if (HasRecords(response))
        {
            return response with { Outcome = DnsOutcome.Success };
        }

        if (IsLoop(response))
        {
            return response with { Outcome = DnsOutcome.AliasLoop };
        }

        var isReferral = reply.HasReferral && reply.Authority is null && response.Answers.Count == 0
            && !reply.Header.Has(MessageHeader.RecursionAvailable) && !response.IsAuthoritative;
        return isReferral
            ? response with
            {
                Outcome = DnsOutcome.OtherError,
                Detail = "the server only refers to other servers; it looks up no names for others",
            }
            : response;
    }

    private static bool HasRecords(DnsResponse response)
    {
        var owner = response.CanonicalName;
        return response.Answers.Any(record => record.Type == response.Type && record.Name.Equals(owner));
    }

    // A chain that is followed to the limit ends nowhere.
    private static bool IsLoop(DnsResponse response) => response.Aliases.Count == DnsResponse.MaxAliases;
}
