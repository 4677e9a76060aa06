namespace MailAdmin.Sasl;

/// <summary>Who logs in, and with what. Its text form never holds a secret.</summary>
public abstract record SaslCredential
{
    private protected SaslCredential()
    {
    }

    /// <summary>A user name or token as the octets to send.</summary>
    /// <exception cref="SaslException">It holds a control character, which would end the field early.</exception>
    private protected static string Checked(string value, string what)
    {
        if (value.Length == 0)
        {
            throw new SaslException("SaslCredentialInvalid", $"The {what} is empty.", $"Pass the {what}.");
        }

        return value.Any(c => c is '\0' or '\r' or '\n' or '\u0001')
            ? throw new SaslException(
                "SaslCredentialInvalid",
                $"The {what} holds a control character.",
                "Enter it again; a line break often comes along when it is read from a file.")
            : value;
    }
}
