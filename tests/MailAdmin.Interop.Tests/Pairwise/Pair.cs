namespace MailAdmin.Interop.Pairwise;

/// <summary>Two features' values that have to meet.</summary>
internal readonly record struct Pair(int First, int FirstValue, int Second, int SecondValue);
