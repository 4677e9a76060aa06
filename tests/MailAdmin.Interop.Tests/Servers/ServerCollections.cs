namespace MailAdmin.Interop.Servers;

/// <summary>The tests that share one Postfix.</summary>
[CollectionDefinition(nameof(PostfixServer))]
public sealed class PostfixCollection : ICollectionFixture<PostfixServer>;

/// <summary>The tests that share one Exim.</summary>
[CollectionDefinition(nameof(EximServer))]
public sealed class EximCollection : ICollectionFixture<EximServer>;

/// <summary>The tests that share one OpenSMTPD.</summary>
[CollectionDefinition(nameof(OpenSmtpdServer))]
public sealed class OpenSmtpdCollection : ICollectionFixture<OpenSmtpdServer>;
