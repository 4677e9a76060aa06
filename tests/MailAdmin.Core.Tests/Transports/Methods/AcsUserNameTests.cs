using MailAdmin.Transports.Methods;

namespace MailAdmin.Tests.Transports.Methods;

public sealed class AcsUserNameTests
{
    private const string App = "11111111-2222-3333-4444-555555555555";
    private const string Tenant = "8f4a2c1e-0b7d-4e55-9c36-5a1d2e3f4b5c";

    [Theory]
    [InlineData($"contoso-mail.{App}.{Tenant}")]
    [InlineData($"contoso-mail|{App}|{Tenant}")]
    [InlineData($"contoso-mail.11111111-2222-3333-4444-555555555555.8F4A2C1E-0B7D-4E55-9C36-5A1D2E3F4B5C")]
    public void Reads_the_name_of_three_parts(string text)
    {
        var name = AcsUserName.Read(text);

        Assert.Equal(new AcsUserName("contoso-mail", Guid.Parse(App), Guid.Parse(Tenant)), name);
        Assert.Equal($"contoso-mail.{App}.{Tenant}", name!.ToString());
        Assert.Equal(name, AcsUserName.Read(name.ToString()));
    }

    [Theory]
    [InlineData("reports@contoso.com")]
    [InlineData("reports")]
    [InlineData("reports.of.contoso")]
    public void Leaves_names_that_were_made_in_Azure_to_Azure(string text) => Assert.Null(AcsUserName.Read(text));

    [Theory]
    [InlineData(App, "an id alone")]
    [InlineData($"contoso-mail.{App}", "2 parts")]
    [InlineData($"contoso-mail|{App}", "2 parts")]
    [InlineData($"contoso.mail.{App}.{Tenant}", "4 parts")]
    [InlineData($"contoso_mail.{App}.{Tenant}", "'contoso_mail'")]
    [InlineData($".{App}.{Tenant}", "''")]
    [InlineData($"contoso-mail.{App}.contoso.com", "4 parts")]
    [InlineData($"contoso-mail.{App}.common", "GUIDs")]
    [InlineData("contoso|app|tenant", "GUIDs")]
    [InlineData("reports@", "no e-mail address")]
    public void Says_what_is_wrong_with_a_name(string text, string why)
    {
        var error = Assert.Throws<MailRouteException>(() => AcsUserName.Read(text));

        Assert.Equal("AcsUserNameInvalid", error.ErrorId);
        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.NotNull(error.RecommendedAction);
    }
}
