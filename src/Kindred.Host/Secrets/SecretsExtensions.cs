using Kindred.Files;
using Kindred.Host.Settings;
using Microsoft.AspNetCore.DataProtection;

namespace Kindred.Host.Secrets;

internal static class SecretsExtensions
{
    /// <summary>The keys that encrypt stored secrets, under <c>{data}/keys</c>, readable by the process's user only.</summary>
    public static void AddKindredSecrets(this IServiceCollection services, KindredSettings settings)
    {
        var folder = Path.Combine(settings.Storage.Root, "keys");
        PrivateFiles.MakePrivate(folder);
        services.AddDataProtection().SetApplicationName("kindred").PersistKeysToFileSystem(new DirectoryInfo(folder));
    }
}
