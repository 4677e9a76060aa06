namespace MailAdmin.Mime;

/// <summary>The port through which Message-IDs and boundaries get their randomness.</summary>
public interface IRandomSource
{
    /// <summary>Fills the whole span with octets that nobody can foresee.</summary>
    void Fill(Span<byte> destination);
}
