using MailAdmin.Interop.Pairwise;

namespace MailAdmin.Interop.Cases;

/// <summary>One message to compose and send: a value for each feature.</summary>
public sealed record MessageCase
{
    private static readonly int[] Levels =
    [
        Enum.GetValues<SubjectKind>().Length, Enum.GetValues<NameKind>().Length, Enum.GetValues<BodyKind>().Length, 2,
        Enum.GetValues<AttachmentKind>().Length, Enum.GetValues<RecipientKind>().Length,
        Enum.GetValues<HeaderKind>().Length, Enum.GetValues<SecurityKind>().Length,
        Enum.GetValues<LoginKind>().Length, 2,
    ];

    private MessageCase(IReadOnlyList<int> row)
    {
        Subject = (SubjectKind)row[0];
        Names = (NameKind)row[1];
        Body = (BodyKind)row[2];
        InlineImages = row[3] == 1;
        Attachments = (AttachmentKind)row[4];
        Recipients = (RecipientKind)row[5];
        Headers = (HeaderKind)row[6];
        Security = (SecurityKind)row[7];
        Login = (LoginKind)row[8];
        Chunking = row[9] == 1;
    }

    /// <summary>The subject.</summary>
    public SubjectKind Subject { get; }

    /// <summary>Display names of sender and recipients.</summary>
    public NameKind Names { get; }

    /// <summary>The body.</summary>
    public BodyKind Body { get; }

    /// <summary>Whether the HTML shows images by content id.</summary>
    public bool InlineImages { get; }

    /// <summary>The attachments.</summary>
    public AttachmentKind Attachments { get; }

    /// <summary>The recipients.</summary>
    public RecipientKind Recipients { get; }

    /// <summary>Further header fields.</summary>
    public HeaderKind Headers { get; }

    /// <summary>The connection's security.</summary>
    public SecurityKind Security { get; }

    /// <summary>The login.</summary>
    public LoginKind Login { get; }

    /// <summary>Whether the client may send with BDAT.</summary>
    public bool Chunking { get; }

    /// <summary>Cases for a server in which every two features' values that it can take meet at least once.</summary>
    public static IReadOnlyList<MessageCase> For(ServerAbilities abilities) =>
        [.. PairwiseCover.Find(Levels, row => IsPossible(row, abilities)).Select(row => new MessageCase(row))];

    private static bool IsPossible(IReadOnlyList<int> row, ServerAbilities abilities)
    {
        bool Chosen(int feature) => row[feature] >= 0;

        return (!Chosen(2) || row[3] != 1 || (BodyKind)row[2] is BodyKind.Html or BodyKind.Alternative)
            && (!Chosen(5) || abilities.Utf8 || (RecipientKind)row[5] != RecipientKind.InternationalLocalPart)
            && (!Chosen(1) || !Chosen(5) || abilities.QuotedNameLists
                || row[1] != (int)NameKind.Quoted || row[5] != (int)RecipientKind.Three)
            && (!Chosen(7) || abilities.Securities.Contains((SecurityKind)row[7]))
            && (!Chosen(8) || abilities.Logins.Contains((LoginKind)row[8]))
            && (!Chosen(7) || !Chosen(8) || abilities.LoginWithoutTls
                || row[7] != (int)SecurityKind.None || row[8] == (int)LoginKind.None)
            && (row[9] != 1 || abilities.Chunking);
    }
}
