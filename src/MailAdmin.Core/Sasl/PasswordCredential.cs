namespace MailAdmin.Sasl;

/// <summary>A user name with a password.</summary>
public sealed record PasswordCredential : SaslCredential
{
    private readonly Func<string> _password;

    /// <summary>Creates the credential.</summary>
    /// <param name="user">The login name.</param>
    /// <param name="password">
    /// Yields the password when it is needed, so that it need not stay in memory in clear.
    /// </param>
    /// <exception cref="SaslException">The name is empty or holds a control character.</exception>
    public PasswordCredential(string user, Func<string> password)
    {
        User = Checked(user, "user name");
        _password = password;
    }

    /// <summary>Creates the credential from a password in clear.</summary>
    /// <param name="user">The login name.</param>
    /// <param name="password">The password.</param>
    public PasswordCredential(string user, string password)
        : this(user, () => password)
    {
    }

    /// <summary>The login name.</summary>
    public string User { get; }

    /// <exception cref="SaslException">The password is empty or holds a control character.</exception>
    internal string RevealPassword() => Checked(_password(), "password");
}
