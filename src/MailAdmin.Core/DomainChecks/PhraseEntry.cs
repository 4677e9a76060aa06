namespace MailAdmin.DomainChecks;

/// <summary>One text of a <see cref="PhraseBook"/>, with <c>{0}</c>, <c>{1}</c> … for the arguments.</summary>
/// <param name="Text">What happened.</param>
/// <param name="Advice">What to do about it; empty when there is nothing to do.</param>
internal sealed record PhraseEntry(string Text, string Advice = "");
