using System.Security.Cryptography.X509Certificates;
using MailAdmin.Interop.Storage;

namespace MailAdmin.Interop.Certificates;

/// <summary>Each certificate has the fault that it is made for, and no other.</summary>
public sealed class TestCertificatesTests : IDisposable
{
    private readonly TestDirectory _directory = new("certificates");
    private readonly TestCertificates _certificates;

    public TestCertificatesTests() => _certificates = new TestCertificates(_directory);

    public void Dispose()
    {
        _certificates.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void Valid_ones_are_valid()
    {
        Assert.Equal(X509ChainStatusFlags.NoError, Judge(_certificates.Valid));
        Assert.Equal(X509ChainStatusFlags.NoError, Judge(_certificates.WrongName));
        Assert.Equal(X509ChainStatusFlags.NoError, Judge(_certificates.Client));
    }

    [Fact]
    public void Faulty_ones_have_their_fault()
    {
        Assert.Equal(X509ChainStatusFlags.NotTimeValid, Judge(_certificates.Expired));
        Assert.Equal(
            X509ChainStatusFlags.UntrustedRoot, Judge(_certificates.SelfSigned) & X509ChainStatusFlags.UntrustedRoot);
        Assert.Equal(X509ChainStatusFlags.Revoked, Judge(_certificates.Revoked));
        Assert.Equal(
            X509ChainStatusFlags.RevocationStatusUnknown | X509ChainStatusFlags.OfflineRevocation,
            Judge(_certificates.RevocationUnknown));
    }

    [Fact]
    public void Names_are_as_they_say()
    {
        Assert.True(_certificates.Valid.Certificate.MatchesHostname("localhost"));
        Assert.True(_certificates.Valid.Certificate.MatchesHostname("127.0.0.1"));
        Assert.False(_certificates.WrongName.Certificate.MatchesHostname("localhost"));
    }

    private X509ChainStatusFlags Judge(CertificateFile file)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(_certificates.Authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.Online;
        chain.ChainPolicy.UrlRetrievalTimeout = TimeSpan.FromSeconds(30);
        chain.Build(file.Certificate);
        return chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, status) => all | status.Status);
    }
}
