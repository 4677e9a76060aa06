namespace MailAdmin.Tests.Smtp;

/// <summary>In which pieces a scripted server sends what it has to say.</summary>
public enum Fragmentation
{
    /// <summary>All that stands together in the script at once.</summary>
    Whole,

    /// <summary>Each line by itself.</summary>
    Lines,

    /// <summary>Each octet by itself.</summary>
    Octets,
}
