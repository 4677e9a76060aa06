using FsCheck;
using FsCheck.Fluent;

namespace MailAdmin.Tests;

/// <summary>Texts and octets for properties; the same in each run.</summary>
internal static class Samples
{
    private static readonly string[] Pieces =
    [
        "a", "B", "7", " ", " ", "  ", "\t", "ä", "é", "日本", "語", "😀", "👩‍👩‍👧", "e\u0301", "=?", "?=", "=?utf-8?Q?a?=",
        "=", "?", "_", "\"",
        "\\", ",", ";", ":", "<", ">", "(", ")", "@", ".", "%41", "'", "*", "*0*", "From ", "\u0001", "\u007F",
        "an-ordinary-word",
        "a-word-that-is-much-longer-than-seventy-eight-characters-so-that-no-line-can-take-it-at-all",
    ];

    /// <summary>Text without CR, LF and NUL.</summary>
    public static Gen<string> HeaderText { get; } =
        Gen.ListOf(Gen.Elements(Pieces)).Select(pieces => string.Concat(pieces));

    /// <summary>Text with line ends of all kinds.</summary>
    public static Gen<string> BodyText { get; } =
        Gen.ListOf(Gen.Elements([.. Pieces, "\r\n", "\r\n", "\n", "\r", "\r\n.", "\0", new string('x', 400)]))
            .Select(pieces => string.Concat(pieces));

    public static Gen<byte[]> Octets { get; } =
        Gen.ArrayOf(Gen.OneOf(
            Gen.Choose(0, 255).Select(i => (byte)i), Gen.Elements(" \t\r\n=.F"u8.ToArray()), Gen.Constant((byte)'x')));

    /// <summary>How input is cut.</summary>
    public static Gen<int> PieceLengths { get; } = Gen.Elements(1, 2, 3, 7, 78, 1000);

    public static void Hold<T>(Gen<T> generator, Action<T> property) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(1000).WithEndSize(200).WithReplay(1, 3),
            Prop.ForAll(generator.ToArbitrary(), property));

    public static void Hold<T>(Gen<T> generator, Action<T, int> property) =>
        Hold(generator.Zip(PieceLengths), pair => property(pair.Item1, pair.Item2));
}
