namespace MailAdmin.Transports.Graph.Drafts;

/// <summary>Says what a message loses when Exchange writes it anew from its parts.</summary>
internal static class DraftLosses
{
    /// <summary>One sentence for the user.</summary>
    /// <param name="why">Why it is taken apart, as the beginning of the sentence.</param>
    /// <param name="plan">The parts.</param>
    /// <param name="header">The header.</param>
    public static string Describe(string why, DraftPlan plan, DraftHeader header)
    {
        List<string> lost = ["its Date, its MIME structure and its encodings"];
        if (plan.DropsText)
        {
            lost.Add("the plain text beside the HTML");
        }

        if (header.LosesSignature)
        {
            lost.Add("the DKIM signature");
        }

        if (header.Lost.Count > 0)
        {
            lost.Add($"the header fields {string.Join(", ", header.Lost)}");
        }

        var all = lost.Count == 1 ? lost[0] : $"{string.Join(", ", lost.Take(lost.Count - 1))} and {lost[^1]}";
        return $"{why}, which Exchange writes anew; it does not keep {all}.";
    }
}
