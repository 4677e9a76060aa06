namespace MailAdmin.Transports.Methods;

/// <summary>Whether a method does what is wished, or works as a device is set up.</summary>
public enum SendMethodVerdict
{
    /// <summary>It does.</summary>
    Fits,

    /// <summary>It does if something is there or is changed first.</summary>
    FitsWithConditions,

    /// <summary>It does not.</summary>
    DoesNotFit,
}
