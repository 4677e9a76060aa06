namespace MailAdmin.DomainChecks;

/// <summary>
/// Something to be said to people, by its name in the <see cref="PhraseBook"/>, so that each language says it in its
/// own words.
/// </summary>
public sealed class Phrase
{
    private readonly object[] _arguments;

    internal Phrase(string key, params object[] arguments)
    {
        Key = key;
        _arguments = arguments;
    }

    /// <summary>The stable name in PascalCase; scripts may compare it.</summary>
    public string Key { get; }

    /// <summary>What fills the places in the text: strings, numbers, or further phrases.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    /// <summary>The English text.</summary>
    public override string ToString() => PhraseBook.English.Text(this);
}
