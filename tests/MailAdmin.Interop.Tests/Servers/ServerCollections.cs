namespace MailAdmin.Interop.Servers;

/// <summary>The tests that share one Postfix.</summary>
[CollectionDefinition(nameof(PostfixServer))]
public sealed class PostfixCollection : ICollectionFixture<PostfixServer>;
