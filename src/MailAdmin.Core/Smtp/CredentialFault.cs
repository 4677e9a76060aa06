namespace MailAdmin.Smtp;

/// <summary>
/// What this side sees to be wrong with a credential that a server refused, where the server's own words leave it open.
/// </summary>
/// <param name="Id">Its stable name in the catalogue of errors, such as <c>TokenExpired</c>.</param>
/// <param name="Description">What it is, in one sentence without secrets.</param>
/// <param name="RecommendedAction">What to do about it.</param>
public sealed record CredentialFault(string Id, string Description, string RecommendedAction);
