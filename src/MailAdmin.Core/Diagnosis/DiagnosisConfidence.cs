namespace MailAdmin.Diagnosis;

/// <summary>How sure a diagnosis is, the surest last.</summary>
public enum DiagnosisConfidence
{
    /// <summary>Only the class of the code is known (such as: any 5yz).</summary>
    General,

    /// <summary>
    /// The code has several causes and the text that would tell them apart was not given; this is one of them.
    /// </summary>
    Possible,

    /// <summary>The code alone decided.</summary>
    Likely,

    /// <summary>The words of the reply, or the failure's own name, decided.</summary>
    Certain,
}
