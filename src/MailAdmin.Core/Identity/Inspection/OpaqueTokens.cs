namespace MailAdmin.Identity.Inspection;

/// <summary>Tells tokens that cannot be read by how they begin, as far as issuers keep to that.</summary>
internal static class OpaqueTokens
{
    private static readonly string[] GoogleAccess = ["ya29."];
    private static readonly string[] PersonalMicrosoftAccess = ["EwA", "EwB", "EwC", "EwD"];
    private static readonly string[] Refresh = ["1//", "0.A", "1.A", "0.B", "1.B", "M.C", "M.R"];

    /// <summary>An access token of Google, or of a personal Microsoft account.</summary>
    public static bool IsAccessToken(string token) =>
        Begins(token, GoogleAccess) || Begins(token, PersonalMicrosoftAccess);

    /// <summary>A refresh token of Google or Microsoft.</summary>
    public static bool IsRefreshToken(string token) => Begins(token, Refresh);

    private static bool Begins(string token, string[] starts) =>
        starts.Any(start => token.StartsWith(start, StringComparison.Ordinal));
}
