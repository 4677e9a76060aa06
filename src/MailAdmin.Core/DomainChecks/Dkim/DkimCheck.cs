using MailAdmin.Dns;
using MailAdmin.Dns.Records;

namespace MailAdmin.DomainChecks.Dkim;

/// <summary>Looks at the keys of selectors. Names of selectors cannot be listed, only guessed or given.</summary>
internal sealed class DkimCheck(IDnsResolver resolver, AreaLog log, CancellationToken cancellationToken)
{
    private const int LeastBits = 1024;
    private const int GoodBits = 2048;
    private const int MostBits = 4096;

    /// <summary>Looks at each selector.</summary>
    /// <param name="domain">The domain.</param>
    /// <param name="selectors">The selectors to look at.</param>
    /// <param name="areRequired">Whether each must be there, or they are guesses.</param>
    public async Task<IReadOnlyList<DkimSelector>> RunAsync(
        DnsName domain,
        IReadOnlyList<string> selectors,
        bool areRequired)
    {
        List<DkimSelector> found = [];
        foreach (var selector in selectors.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!DnsName.TryParse($"{selector}._domainkey.{domain}", out var name, out _))
            {
                log.Error(new Phrase("DkimSelectorUnusable", selector));
            }
            else if (await LookAsync(selector, name, areRequired).ConfigureAwait(false) is { } one)
            {
                found.Add(one);
            }
        }

        // What could not be asked, or has too many records, may well be the key: that was said, and this would be untrue.
        if (found.Count == 0 && !areRequired && log.Findings.Count == 0)
        {
            log.Warn(new Phrase("DkimNothingGuessed", domain.ToString(), string.Join(", ", selectors)));
        }
        else if (found.Count > 0 && found.TrueForAll(one => one.Key is { IsEd25519: true }))
        {
            log.Warn(new Phrase("DkimOnlyEd25519"));
        }

        return found;
    }

    private async Task<DkimSelector?> LookAsync(string selector, DnsName name, bool isRequired)
    {
        var response = await log.AskAsync(resolver, name, DnsRecordType.TXT, cancellationToken).ConfigureAwait(false);
        var alias = response.Aliases.Count > 0 ? response.CanonicalName.ToString() : null;
        var texts = response.Records<TxtRecord>().Select(record => record.Text).ToList();
        if (!response.IsDefinite)
        {
            log.Error(new Phrase("CheckNotPossible", DnsPhrase.Of(response)));
        }
        else if (texts.Count == 0 && alias is not null)
        {
            log.Error(new Phrase("DkimAliasDead", selector, alias));
        }
        else if (texts.Count == 0 && isRequired)
        {
            log.Error(new Phrase("DkimNoRecord", selector, name.ToString()));
        }
        else if (texts.Count > 1)
        {
            log.Error(new Phrase("DkimManyRecords", selector, texts.Count));
        }

        if (texts is not [var text])
        {
            return alias is null ? null : new DkimSelector(selector, alias, null);
        }

        var key = DkimKeyRecord.Read(text);
        Judge(selector, key);
        return new DkimSelector(selector, alias, key);
    }

    private void Judge(string selector, DkimKeyRecord key)
    {
        if (key.Fault is not null)
        {
            log.Error(new Phrase("DkimRecordBroken", selector, key.Fault));
            return;
        }

        if (key.IsRevoked)
        {
            log.Info(new Phrase("DkimRevoked", selector));
            return;
        }

        var before = log.Findings.Count;
        if (!key.IsEd25519 && key.Bits < LeastBits)
        {
            log.Error(new Phrase("DkimKeyTooShort", selector, key.Bits, LeastBits));
        }
        else if (!key.IsEd25519 && key.Bits < GoodBits)
        {
            log.Warn(new Phrase("DkimKeyShort", selector, key.Bits, GoodBits));
        }
        else if (key.Bits > MostBits)
        {
            log.Warn(new Phrase("DkimKeyTooLong", selector, key.Bits, MostBits));
        }

        if (key.IsTesting)
        {
            log.Warn(new Phrase("DkimTesting", selector));
        }

        if (key.Hashes.Count > 0 && !key.Hashes.Contains("sha256"))
        {
            log.Error(new Phrase("DkimHash", selector));
        }

        if (key.Services.Count > 0 && !key.Services.Contains("*") && !key.Services.Contains("email"))
        {
            log.Error(new Phrase("DkimService", selector, string.Join(':', key.Services)));
        }

        if (log.Findings.Count == before)
        {
            log.Ok(new Phrase("DkimGood", selector, key.Algorithm, key.Bits));
        }
    }
}
