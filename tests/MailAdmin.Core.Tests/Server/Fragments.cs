namespace MailAdmin.Tests.Server;

/// <summary>How input is cut before it is fed.</summary>
public enum Fragments
{
    Whole,
    Lines,
    Octets,
}
