namespace Kindred.EndToEnd.Tests.Service;

[CollectionDefinition(Name)]
public sealed class SharedHostDefinition : ICollectionFixture<SharedHost>
{
    public const string Name = "shared host";
}
