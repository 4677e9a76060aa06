using System.Text;

namespace MailAdmin.Addressing;

/// <summary>One encoded word as it was found.</summary>
/// <param name="Charset">How its octets become characters.</param>
/// <param name="IsBase64">B rather than Q.</param>
/// <param name="Payload">The encoded text.</param>
/// <param name="End">Where the word ends in the text.</param>
internal readonly record struct EncodedWord(Encoding Charset, bool IsBase64, ReadOnlyMemory<char> Payload, int End);
