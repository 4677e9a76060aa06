namespace MailAdmin.Sasl;

/// <summary>The login of the operating system: Kerberos or NTLM with the account that this process runs as.</summary>
public sealed record IntegratedCredential : SaslCredential;
