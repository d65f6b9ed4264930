namespace Kindred.EndToEnd.Tests.Service;

[CollectionDefinition(Name)]
public sealed class ClientHostDefinition : ICollectionFixture<ClientHost>
{
    public const string Name = "client host";
}
