using MailAdmin.Mime;
using MailAdmin.Mime.Eml;

namespace MailAdmin.Tests.Mime.Eml;

public sealed class MimeStructureTests
{
    private const string Nested =
        "Content-Type: multipart/mixed; boundary=a\n\npre\n--a\n\n1\n--a\nContent-Type: multipart/x; boundary=aa\n\n" +
        "--aa\nA: b\n\n2\n--aa--\nepi\n--a\nContent-Type: message/rfc822\n\nB: c\n\n3\n\n--a--\npost";

    [Fact]
    public void Finds_the_parts()
    {
        var octets = EmlFixture.Octets(Nested);
        Assert.Equal(
            [
                "Filler@3 pre", "Boundary@4 /--a/", "Header@5 /", "Body@6 1", "Boundary@7 /--a/",
                "Header@8 Content-Type: multipart/x; boundary=aa//", "Boundary@10 --aa/", "Header@11 A: b//",
                "Body@13 2",
                "Boundary@14 /--aa--/", "Filler@15 epi", "Boundary@16 /--a/",
                "Header@17 Content-Type: message/rfc822//",
                "Header@19 B: c//", "Body@21 3/", "Boundary@23 /--a--/", "Filler@24 post",
            ],
            Pieces(octets, 1).Select(p => $"{p.Kind}@{p.Line} {Text(octets, p)}"));
    }

    [Fact]
    public void Mutated_messages_fall_into_the_same_pieces_however_they_come()
    {
        byte[][] originals =
        [
            EmlFixture.Octets(Nested),
            EmlFixture.Octets("A: b\nContent-Type: multipart/x; boundary=\"a b\"\n\n--a b\n\n"),
        ];
        foreach (var octets in Mutations.Of(originals, 100_000, seed: 7))
        {
            var whole = Pieces(octets, int.MaxValue);
            Assert.True(whole.SequenceEqual(Pieces(octets, 1), PieceComparer.Instance));
            for (var i = 1; i < whole.Count; i++)
            {
                Assert.Equal(whole[i - 1].End, whole[i].Start);
            }
        }
    }

    private static IReadOnlyList<MimePiece> Pieces(byte[] octets, int pieceLength)
    {
        var survey = new EmlScanner();
        survey.Feed(octets);
        survey.Complete();
        var structure = new MimeStructure(new MimeEntity(survey.Header.Fields), survey.BodyStart, survey.Header.Line);
        var splitter = new LineSplitter(structure, survey.BodyStart, survey.Header.Line);
        foreach (var piece in octets[(int)survey.BodyStart..].Chunk(pieceLength))
        {
            splitter.Feed(piece);
        }

        splitter.Complete();
        structure.Complete();
        return structure.Pieces;
    }

    private static string Text(byte[] octets, MimePiece piece) =>
        System.Text.Encoding.Latin1.GetString(octets[(int)piece.Start..(int)piece.End])
            .Replace("\r\n", "/", StringComparison.Ordinal);

    private sealed class PieceComparer : IEqualityComparer<MimePiece>
    {
        public static readonly PieceComparer Instance = new();

        public bool Equals(MimePiece? x, MimePiece? y) => (x! with { Entity = null }) == (y! with { Entity = null });

        public int GetHashCode(MimePiece piece) => piece.Start.GetHashCode();
    }
}
