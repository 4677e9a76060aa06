using System.Globalization;
using System.Management.Automation;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Hosting;
using MailAdmin.PowerShell.Keeping;
using MailAdmin.Throttling;
using MailAdmin.Transports.Methods;

namespace MailAdmin.PowerShell.Throttling;

/// <summary>The base of the cmdlets about limits: what the limits are of.</summary>
public abstract class ThrottleCmdlet : StoreCmdlet
{
    private ThrottlePolicyFinder? _finder;

    /// <summary>The server: a name or an address; with -Port, that port of it only.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("SmtpServer", "ComputerName")]
    [AllowNull]
    [AllowEmptyString]
    [ThrottledServer]
    public string? Server { get; set; }

    /// <summary>The port of the server; by default all its ports share the limits.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(PortCompleter))]
    public int? Port { get; set; }

    /// <summary>The method of sending. Each account that logs in has windows of its own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    public SendMethodId? Method { get; set; }

    /// <summary>The provider as a whole, with all its methods and accounts, such as Microsoft365.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ThrottleProviderCompleter))]
    public string? Provider { get; set; }

    private protected ThrottlePolicyFinder Finder => _finder ??= new ThrottlePolicyFinder(
        SendMethodCatalog.Load(System.Environment.GetEnvironmentVariable(SendMethodCatalog.FileVariable)));

    /// <summary>What the parameters name; null when they name nothing.</summary>
    /// <exception cref="InputException">They name two things, or one that is not known.</exception>
    private protected ThrottleScope? Scope()
    {
        var server = string.IsNullOrEmpty(Server) ? null : Server;
        var provider = string.IsNullOrEmpty(Provider) ? null : Provider;
        if (new object?[] { server, Method, provider }.Count(given => given is not null) > 1)
        {
            throw new InputException(
                "TwoThrottles",
                "-Server, -Method and -Provider each say what the limits are of.",
                "Use one of them.");
        }

        return server is not null ? ScopeOf(server)
            : Method is { } method ? ThrottleScope.Of(method)
            : provider is not null ? ScopeOfProvider(provider)
            : null;
    }

    private ThrottleScope ScopeOf(string server)
    {
        var named = Port is { } port ? string.Create(CultureInfo.InvariantCulture, $"{server}:{port}") : server;
        var scope = Finder.ScopeOf(new ThrottleSubject("Smtp", named, null));
        if (scope.Kind == ThrottleScopeKind.Method)
        {
            WriteVerbose($"{server} is the server of the method {scope.Name}, whose limits these are.");
        }

        return scope;
    }

    private ThrottleScope ScopeOfProvider(string provider)
    {
        var known = Finder.Catalog.Methods.Select(method => method.Provider).OfType<string>().Distinct().ToList();
        return known.Find(name => name.Equals(provider, StringComparison.OrdinalIgnoreCase)) is { } name
            ? ThrottleScope.OfProvider(name)
            : throw new InputException(
                "UnknownProvider",
                $"There is no method of a provider '{provider}'.",
                $"Use one of {string.Join(", ", known)}; or name the server.");
    }
}
