using MailAdmin.DomainChecks;

namespace MailAdmin.Transports.Methods;

/// <summary>Ranks the methods of sending by what is wished.</summary>
/// <param name="catalog">The methods.</param>
public sealed class SendMethodAdvisor(SendMethodCatalog catalog)
{
    /// <summary>
    /// All methods, each with the reasons why it fits or does not: first those that fit, then those that would with
    /// something more, then the others; those with fewer objections first, among equals as the providers advise.
    /// </summary>
    public IReadOnlyList<SendMethod> Rank(SendMethodWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return
        [
            .. catalog.Methods
                .Select(method => Judge(method, wishes))
                .OrderBy(method => method.Verdict)
                .ThenBy(Objections)
                .ThenBy(method => method.Facts.Preference)
                .Select((method, index) => method with { Rank = index + 1 }),
        ];
    }

    /// <summary>How many reasons keep the method from a better verdict.</summary>
    private static int Objections(SendMethod method) => method.Verdict == SendMethodVerdict.Fits
        ? 0
        : method.Reasons.Count(reason => reason.Verdict == method.Verdict);

    private SendMethod Judge(SendMethodFacts method, SendMethodWishes wishes)
    {
        var host = method.UsesMx ? wishes.Endpoint?.SmartHost : method.Hosts.GetValueOrDefault(wishes.Environment);
        List<Judgement> judgements = [.. WishRules.About(method, wishes, host)];
        if (host is null && method.Hosts.Count > 0)
        {
            judgements.Add(new Judgement(
                SendMethodVerdict.DoesNotFit, new Phrase("NoServerInCloud", wishes.Environment)));
        }

        return new SendMethod
        {
            Facts = method,
            AsOf = catalog.AsOf,
            Host = host,
            Reasons = [.. judgements.Select(one => new MethodReason(one.Verdict, catalog.Words.Text(one.Phrase)))],
            Verdict = judgements.Select(one => one.Verdict).DefaultIfEmpty().Max(),
            SetUp = SetUpText.For(method, wishes, host, catalog.Words),
            LimitTexts = MethodLimits.For(method, catalog.Words),
        };
    }
}
