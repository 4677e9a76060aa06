namespace MailAdmin.Transports.Methods;

/// <summary>Ranks the methods of sending by what is wished.</summary>
/// <param name="catalog">The methods.</param>
public sealed class SendMethodAdvisor(SendMethodCatalog catalog)
{
    /// <summary>
    /// All methods, each with the reasons why it fits or does not: first those that fit, then those that would with
    /// something more, then the others; among equals as the providers advise.
    /// </summary>
    public IReadOnlyList<SendMethod> Rank(SendMethodWishes wishes)
    {
        ArgumentNullException.ThrowIfNull(wishes);
        return
        [
            .. catalog.Methods
                .Select(method => Judge(method, wishes))
                .OrderBy(method => method.Verdict)
                .ThenBy(method => method.Reasons.Count(reason => reason.Verdict == SendMethodVerdict.FitsWithConditions))
                .ThenBy(method => method.Facts.Preference)
                .Select((method, index) => method with { Rank = index + 1 }),
        ];
    }

    private SendMethod Judge(SendMethodFacts method, SendMethodWishes wishes)
    {
        var host = method.UsesMx ? wishes.Endpoint?.SmartHost : method.Hosts.GetValueOrDefault(wishes.Environment);
        List<MethodReason> reasons = [.. WishRules.About(method, wishes, host)];
        if (host is null && method.Hosts.Count > 0)
        {
            reasons.Add(new MethodReason(
                SendMethodVerdict.DoesNotFit, $"No server is known for the environment {wishes.Environment}."));
        }

        return new SendMethod
        {
            Facts = method,
            AsOf = catalog.AsOf,
            Host = host,
            Reasons = reasons,
            Verdict = reasons.Select(reason => reason.Verdict).DefaultIfEmpty().Max(),
            SetUp = SetUpText.For(method, wishes, host),
        };
    }
}
