namespace MailAdmin.TestServices.SignIn;

/// <summary>How far somebody is who was given a code.</summary>
public enum SignInState
{
    /// <summary>The code was not entered yet.</summary>
    Pending,

    /// <summary>It was, and the person agreed.</summary>
    Approved,

    /// <summary>It was, and the person did not agree.</summary>
    Declined,
}
