namespace MailAdmin.Mime.Composing;

/// <summary>What a written message asks of the server.</summary>
internal readonly record struct WireTraits(bool IsEightBit, bool UsesUtf8Headers);
