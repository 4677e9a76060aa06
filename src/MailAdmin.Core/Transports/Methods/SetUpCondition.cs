namespace MailAdmin.Transports.Methods;

/// <summary>By what a connector is to know the sender.</summary>
public enum SetUpCondition
{
    /// <summary>By a certificate, which is advised.</summary>
    Certificate,

    /// <summary>By the public IP address.</summary>
    Address,
}
