namespace MailAdmin.Transports.Methods;

/// <summary>
/// A part of a method's set-up, with places for what the user's own is: <c>{domain}</c>, <c>{host}</c> and more.
/// </summary>
/// <param name="Title">Where it is done.</param>
/// <param name="Lines">What to type there.</param>
/// <param name="When">For one of two ways; null for always.</param>
public sealed record SetUpStep(string Title, IReadOnlyList<string> Lines, SetUpCondition? When = null);
