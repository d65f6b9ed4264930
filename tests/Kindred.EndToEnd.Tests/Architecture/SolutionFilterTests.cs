using System.Text.Json;
using System.Text.RegularExpressions;
using Kindred.Testing;

namespace Kindred.EndToEnd.Tests.Architecture;

public sealed partial class SolutionFilterTests
{
    [Fact]
    public void ProductFilter_HasEveryProjectButTheAppHostAndItsTests()
    {
        var solution = File.ReadAllText(Path.Combine(RepositoryPaths.Root, "SaaS.sln"));
        using var filter = JsonDocument.Parse(File.ReadAllText(Path.Combine(RepositoryPaths.Root, "Product.slnf")));
        var filtered = filter.RootElement.GetProperty("solution").GetProperty("projects").EnumerateArray().Select(path => path.GetString()!);

        var left = ProjectForm().Matches(solution).Select(match => match.Value).Except(filtered).Order(StringComparer.Ordinal);

        Assert.Equal([@"Aspire.AppHost\Aspire.AppHost.csproj", @"tests\Kindred.AppHost.Tests\Kindred.AppHost.Tests.csproj"], left);
    }

    [GeneratedRegex("""(?<=")[^"]+\.csproj(?=")""")] private static partial Regex ProjectForm();
}
