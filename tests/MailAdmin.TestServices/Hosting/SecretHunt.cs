using System.Net;
using System.Text;

namespace MailAdmin.TestServices.Hosting;

/// <summary>
/// Looks for secrets where none may be: as they are, in base64 at its three alignments and in both of its alphabets,
/// URL-encoded, and in UTF-16. A piece of a secret is found as well as all of it.
/// </summary>
public sealed class SecretHunt
{
    private const int Piece = 16;
    private readonly Dictionary<string, string> _pieces = new(StringComparer.Ordinal);

    /// <summary>Learns the secrets.</summary>
    /// <param name="secrets">Each at least 16 characters long; a line end parts one from the next.</param>
    public SecretHunt(IEnumerable<string> secrets)
    {
        foreach (var secret in secrets.SelectMany(s => s.Split('\n', StringSplitOptions.TrimEntries)))
        {
            if (secret.Length >= Piece && !secret.StartsWith("-----", StringComparison.Ordinal))
            {
                Learn(secret);
            }
        }
    }

    /// <summary>How many pieces are known.</summary>
    public int Count => _pieces.Count;

    /// <summary>The pieces of secrets in a text or in the octets of a file, each with its form; at most ten.</summary>
    public IReadOnlyList<string> Find(ReadOnlySpan<byte> octets)
    {
        var latin = Encoding.Latin1.GetString(octets);
        return [.. Hits(latin).Concat(Hits(latin.Replace("\0", "", StringComparison.Ordinal))).Distinct().Take(10)];
    }

    private IEnumerable<string> Hits(string text)
    {
        for (var i = 0; i + Piece <= text.Length; i++)
        {
            if (_pieces.TryGetValue(text.Substring(i, Piece), out var form))
            {
                yield return $"{form}: {text.Substring(i, Piece)}";
            }
        }
    }

    private void Learn(string secret)
    {
        Add("as it is", secret);
        Add("URL-encoded", Uri.EscapeDataString(secret));
        Add("URL-encoded", WebUtility.UrlEncode(secret));
        Add("JSON", System.Text.Json.JsonSerializer.Serialize(secret).Trim('"'));
        for (var before = 0; before < 3; before++)
        {
            var octets = Encoding.UTF8.GetBytes(new string(' ', before) + secret);
            var base64 = Convert.ToBase64String(octets).TrimEnd('=');

            // The characters at both ends hold bits of the neighbours too.
            var core = base64[(((before * 8) + 5) / 6)..(octets.Length * 8 / 6)];
            Add($"base64, {before} octets in", core);
            Add($"base64url, {before} octets in", core.Replace('+', '-').Replace('/', '_'));
        }
    }

    private void Add(string form, string text)
    {
        for (var i = 0; i + Piece <= text.Length; i++)
        {
            _pieces.TryAdd(text.Substring(i, Piece), form);
        }
    }
}
