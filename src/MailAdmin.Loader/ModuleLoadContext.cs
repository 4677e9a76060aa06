using System.Reflection;
using System.Runtime.Loader;

namespace MailAdmin.Loader;

/// <summary>
/// The load context that holds the module and everything it depends on, so that no dependency meets the version of it
/// that another module has loaded. This assembly is all that the module puts into PowerShell's own context.
/// </summary>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private readonly AssemblyDependencyResolver _resolver;

    private ModuleLoadContext(string modulePath)
        : base(ContextName(modulePath))
    {
        _resolver = new AssemblyDependencyResolver(modulePath);
    }

    /// <summary>
    /// Loads the module's assembly into its own context; the second time the same file is asked for, the assembly that
    /// is loaded already comes back, so that <c>Import-Module -Force</c> makes no second set of types.
    /// </summary>
    /// <param name="modulePath">
    /// The full path of the assembly that holds the cmdlets, with its .deps.json beside it.
    /// </param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static Assembly Load(string modulePath)
    {
        var context = All.FirstOrDefault(c => c.Name == ContextName(modulePath)) ?? new ModuleLoadContext(modulePath);
        return context.LoadFromAssemblyPath(modulePath);
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        // What the resolver does not know is the framework's or PowerShell's: null leaves it to the default context.
        var path = _resolver.ResolveAssemblyToPath(assemblyName);
        return path is null ? null : LoadFromAssemblyPath(path);
    }

    /// <inheritdoc/>
    protected override nint LoadUnmanagedDll(string unmanagedDllName)
    {
        var path = _resolver.ResolveUnmanagedDllToPath(unmanagedDllName);
        return path is null ? 0 : LoadUnmanagedDllFromPath(path);
    }

    private static string ContextName(string modulePath) => "MailAdmin: " + modulePath;
}
