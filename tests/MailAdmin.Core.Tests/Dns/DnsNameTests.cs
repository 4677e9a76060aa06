using System.Net;
using MailAdmin.Addressing;
using MailAdmin.Dns;

namespace MailAdmin.Tests.Dns;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData("example.com", "example.com")]
    [InlineData("example.com.", "example.com")]
    [InlineData("EXAMPLE.com", "EXAMPLE.com")]
    [InlineData("_dmarc.bücher.example", "_dmarc.xn--bcher-kva.example")]
    [InlineData(".", ".")]
    [InlineData(@"first\.last.example", @"first\.last.example")]
    [InlineData(@"a\032b.example", @"a\032b.example")]
    [InlineData(@"\255.example", @"\255.example")]
    [InlineData("a b!.example", @"a\032b!.example")]
    [InlineData("-odd-.example", "-odd-.example")]
    public void Reads_and_writes_names(string text, string written) =>
        Assert.Equal(written, DnsName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".com")]
    [InlineData("a..b")]
    [InlineData(@"a\")]
    [InlineData(@"a\25")]
    [InlineData(@"a\256.b")]
    [InlineData("a\r\nb")]
    [InlineData("a\0b")]
    [InlineData("büch er.example")]
    public void Refuses_what_is_no_name(string text)
    {
        Assert.False(DnsName.TryParse(text, out _, out var reason));
        Assert.NotEmpty(reason);
        var failure = Assert.Throws<DnsNameException>(() => DnsName.Parse(text));
        Assert.Equal(MailErrorKind.InvalidInput, failure.Kind);
    }

    [Fact]
    public void Takes_labels_and_names_up_to_their_limits()
    {
        var label = new string('a', 63);
        Assert.Equal(4, DnsName.Parse($"{label}.{label}.{label}.{label[..61]}").LabelCount);
        Assert.False(DnsName.TryParse(label + "a", out _, out _));
        Assert.False(DnsName.TryParse($"{label}.{label}.{label}.{label[..62]}", out _, out _));
        Assert.False(DnsName.TryParse($"{label}.{label}.{label}.{label[..62]}.", out _, out _));
    }

    [Fact]
    public void Compares_without_regard_to_case()
    {
        var (one, other) = (DnsName.Parse("Mail.Example.COM"), DnsName.Parse("mail.example.com."));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, DnsName.Parse(@"mail\.example.com"));
        Assert.NotEqual(DnsName.Parse("a@b"), DnsName.Parse("a`b"));
    }

    [Fact]
    public void Knows_its_parents()
    {
        var name = DnsName.Parse("a.b.example.com");
        Assert.Equal("b.example.com", name.Parent.ToString());
        Assert.True(name.IsWithin(DnsName.Parse("EXAMPLE.com")));
        Assert.True(name.IsWithin(name));
        Assert.True(name.IsWithin(DnsName.Root));
        Assert.False(DnsName.Parse("bexample.com").IsWithin(DnsName.Parse("example.com")));
        Assert.False(DnsName.Root.IsWithin(name));
        Assert.Same(DnsName.Root, DnsName.Root.Parent);
    }

    [Theory]
    [InlineData("192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("::ffff:192.0.2.10", "10.2.0.192.in-addr.arpa")]
    [InlineData("2001:db8::567:89ab", "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa")]
    public void Turns_addresses_around(string address, string name) =>
        Assert.Equal(name, DnsName.Reverse(IPAddress.Parse(address)).ToString());

    [Fact]
    public void Comes_from_mail_domains()
    {
        Assert.Equal("xn--bcher-kva.example", DnsName.Of(DomainName.Parse("bücher.example")).ToString());
        Assert.Throws<DnsNameException>(() => DnsName.Of(DomainName.Parse("[192.0.2.1]")));
    }

    [Fact]
    public void Shows_Unicode_where_it_can()
    {
        Assert.Equal("bücher.example", DnsName.Parse("xn--bcher-kva.example").Unicode);
        Assert.Equal(@"a\.b.example", DnsName.Parse(@"a\.b.example").Unicode);
        Assert.Equal("_dmarc.example.com", DnsName.Parse("example.com").Prepend("_dmarc").Unicode);
    }
}
